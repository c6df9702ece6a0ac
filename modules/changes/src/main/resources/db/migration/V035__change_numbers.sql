-- Changes are numbered within their user, without gaps, in the order in which their transactions commit: from its first
-- change to its end a transaction locks the row of its user. So whoever has read up to a number has missed nothing below it, a
-- gap shows that something was purged, and a number says nothing about other users. Transaction ids would not do: each
-- server of a distributed database has its own.
CREATE TABLE change_counters (
    user_id     uuid   CONSTRAINT pk_change_counters PRIMARY KEY
        CONSTRAINT fk_change_counters_user REFERENCES users ON DELETE CASCADE,
    -- The last number that was purged. It is not counted up with every change: a transaction with many changes would read
    -- through all of the versions that it has made of this row.
    purged_number bigint NOT NULL DEFAULT 0
);

-- What is followed is kept for minutes; its followers load everything again after this.
TRUNCATE changes;
ALTER TABLE changes
    DROP CONSTRAINT pk_changes,
    DROP COLUMN xid,
    ALTER COLUMN number DROP IDENTITY,
    ADD CONSTRAINT pk_changes PRIMARY KEY (user_id, number);

-- The triggers of a statement run after it, so the counter is always the last row that a transaction locks. Every query here
-- sees what was committed while the lock was awaited.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM change_counters WHERE user_id = new.user_id FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO change_counters (user_id) VALUES (new.user_id) ON CONFLICT DO NOTHING;
        PERFORM FROM change_counters WHERE user_id = new.user_id FOR UPDATE;
    END IF;
    INSERT INTO changes (user_id, number, resource, id, kind)
    SELECT new.user_id,
           1 + greatest(purged_number, (SELECT max(number) FROM changes WHERE user_id = new.user_id)),
           tg_argv[0], new.id, tg_argv[1]
      FROM change_counters WHERE user_id = new.user_id;
    RETURN NULL;
END $$;
