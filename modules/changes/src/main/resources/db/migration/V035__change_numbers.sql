-- Changes are numbered within their user, without gaps, in the order in which their transactions end: the counter's row is
-- locked from the first change of a transaction until its end. So whoever has read up to a number has missed nothing below
-- it, a gap shows that something was purged, and a number says nothing about other users. Transaction ids would not do: each
-- server of a distributed database has its own.
CREATE TABLE change_counters (
    user_id     uuid   CONSTRAINT pk_change_counters PRIMARY KEY
        CONSTRAINT fk_change_counters_user REFERENCES users ON DELETE CASCADE,
    last_number bigint NOT NULL
) WITH (fillfactor = 50);

-- What is followed is kept for minutes; its followers load everything again after this.
TRUNCATE changes;
ALTER TABLE changes
    DROP CONSTRAINT pk_changes,
    DROP COLUMN xid,
    ALTER COLUMN number DROP IDENTITY,
    ADD CONSTRAINT pk_changes PRIMARY KEY (user_id, number);

-- The triggers of a statement run behind it, so the counter is always the last row that a transaction locks.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    next_number bigint;
BEGIN
    INSERT INTO change_counters AS c (user_id, last_number) VALUES (new.user_id, 1)
    ON CONFLICT (user_id) DO UPDATE SET last_number = c.last_number + 1
    RETURNING last_number INTO next_number;
    INSERT INTO changes (user_id, number, resource, id, kind)
    VALUES (new.user_id, next_number, tg_argv[0], new.id, tg_argv[1]);
    RETURN NULL;
END $$;
