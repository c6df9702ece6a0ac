-- What happened to accounts and the server, as one chain through all users: each row carries the hash of the row before it, so a row
-- that somebody changes, removes or inserts later is noticed (parley audit verify). No foreign keys: the events of a deleted
-- account stay. No primary key: whoever appends a row holds a lock, which keeps the numbers unique.
CREATE TABLE security_events (
    seq        bigint      NOT NULL,
    at         timestamptz NOT NULL,
    type       text        NOT NULL,
    actor_id   uuid,
    user_id    uuid,
    session_id uuid,
    ip         text,
    user_agent text,
    -- JSON; as text, because the hash is of the characters.
    detail     text        CONSTRAINT ck_security_events_detail CHECK (detail IS JSON OBJECT),
    prev       bytea       NOT NULL CONSTRAINT ck_security_events_prev CHECK (octet_length(prev) = 32),
    hash       bytea       NOT NULL CONSTRAINT ck_security_events_hash CHECK (octet_length(hash) = 32)
);
CREATE INDEX ix_security_events_seq ON security_events (seq);
CREATE INDEX ix_security_events_user_id_seq ON security_events (user_id, seq);

-- SHA-256 of the hash before and the nine fields, joined by U+001F. Null is an empty text.
CREATE FUNCTION security_event_hash(event security_events) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(event.prev || convert_to(array_to_string(ARRAY[
        event.seq::text, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), event.type,
        event.actor_id::text, event.user_id::text, event.session_id::text, event.ip, event.user_agent, event.detail],
        E'\x1F', ''), 'UTF8'))
$$;

-- Appends to the chain, and returns the row as a line of JSON for the log. Nobody else is appending from the lock to the end of the
-- transaction, so a transaction calls this last. Every query here sees what was committed while the lock was awaited, which is so
-- at the isolation level READ COMMITTED only.
CREATE FUNCTION append_security_event(event security_events) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    control CONSTANT text := E'[\x01-\x1F\x7F\u0080-\u009F]';
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'security events are recorded at the isolation level READ COMMITTED only';
    END IF;
    PERFORM pg_advisory_xact_lock(7310033812290361);
    SELECT last.seq + 1, last.hash INTO event.seq, event.prev FROM security_events last ORDER BY last.seq DESC LIMIT 1;
    event.seq := coalesce(event.seq, 1);
    event.prev := coalesce(event.prev, decode(repeat('00', 32), 'hex'));
    event.at := clock_timestamp();
    event.ip := regexp_replace(event.ip, control, '', 'g');
    event.user_agent := regexp_replace(event.user_agent, control, '', 'g');
    event.detail := regexp_replace(event.detail, control, '', 'g');
    event.hash := security_event_hash(event);
    INSERT INTO security_events SELECT event.*;
    RETURN json_strip_nulls(json_build_object(
        'seq', event.seq, 'created_at', to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'type', event.type, 'actor_id', event.actor_id, 'user_id', event.user_id, 'session_id', event.session_id,
        'ip', event.ip, 'user_agent', event.user_agent, 'detail', event.detail::json,
        'hash', encode(event.hash, 'hex')));
END $$;

-- Published for every module: it is called in the transaction of what it records, and last, because of the lock.
CREATE FUNCTION record_security_event(
    type text, actor_id uuid, user_id uuid, session_id uuid, ip text, user_agent text, detail text)
    RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    -- Otherwise whoever may call this could make the trigger let rows be deleted.
    IF type = 'audit.pruned' THEN
        RAISE EXCEPTION 'only prune_security_events records audit.pruned';
    END IF;
    RETURN append_security_event(
        ROW(NULL, NULL, type, actor_id, user_id, session_id, ip, user_agent, detail, NULL, NULL)::security_events);
END $$;

-- Deletes the oldest events and records up to where. Returns how many, and the line for the log; no row if none is old enough.
CREATE FUNCTION prune_security_events(older_than timestamptz, max_rows integer)
    RETURNS TABLE (removed integer, line text) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last security_events;
BEGIN
    PERFORM pg_advisory_xact_lock(7310033812290361);
    SELECT old.* INTO last
      FROM (SELECT * FROM security_events ORDER BY seq LIMIT max_rows) old
     WHERE old.at < older_than
     ORDER BY old.seq DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    line := append_security_event(ROW(NULL, NULL, 'audit.pruned', NULL, NULL, NULL, NULL, NULL,
        json_build_object('through_seq', last.seq, 'through_hash', encode(last.hash, 'hex'))::text, NULL, NULL)::security_events);
    DELETE FROM security_events WHERE seq <= last.seq;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN NEXT;
END $$;

-- A row may go only while the newest event says that it was pruned, which nobody but prune_security_events can record.
CREATE FUNCTION refuse_security_event_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    newest security_events;
BEGIN
    IF tg_op = 'DELETE' THEN
        SELECT * INTO newest FROM security_events ORDER BY seq DESC LIMIT 1;
        IF newest.type = 'audit.pruned' AND old.seq <= (newest.detail::json ->> 'through_seq')::bigint THEN
            RETURN old;
        END IF;
    END IF;
    RAISE EXCEPTION 'security events can only be appended' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_delete BEFORE DELETE ON security_events
    FOR EACH ROW EXECUTE FUNCTION refuse_security_event_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR TRUNCATE ON security_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_security_event_change();

REVOKE ALL ON FUNCTION append_security_event(security_events), prune_security_events(timestamptz, integer) FROM PUBLIC;

-- With the rights of the owner they look for nothing in a schema that the caller has chosen.
DO $$
DECLARE
    published regprocedure;
BEGIN
    FOREACH published IN ARRAY ARRAY[
        'append_security_event(security_events)', 'record_security_event(text, uuid, uuid, uuid, text, text, text)',
        'prune_security_events(timestamptz, integer)', 'refuse_security_event_change()']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', published, current_schema());
    END LOOP;
END $$;
