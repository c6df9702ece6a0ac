-- The time of a row's next version: now, but later than the version before it, however the clock is set. IMMUTABLE, so that
-- an UPDATE may call it with a column on every kind of server: timestamptz + interval is not, because its days follow the
-- session's time zone, while timestamp + interval is.
CREATE FUNCTION next_version(previous timestamptz, at timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN greatest(at, ((previous AT TIME ZONE 'UTC') + interval '1 microsecond') AT TIME ZONE 'UTC');
