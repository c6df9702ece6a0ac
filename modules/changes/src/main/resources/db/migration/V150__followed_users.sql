-- Users who have webhooks. The row is read and locked for every change anyway, so other users' changes cost what they did.
ALTER TABLE change_counters ADD COLUMN is_followed boolean NOT NULL DEFAULT false;

-- Published for the trigger of webhooks: from now on their module gets the changes of their user.
CREATE FUNCTION follow_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_counters (user_id, is_followed) VALUES (new.user_id, true)
    ON CONFLICT (user_id) DO UPDATE SET is_followed = true;
    RETURN NULL;
END $$;

-- Who has no webhooks any more is noticed here, under the lock of the row, so that nobody who makes one at this moment is missed.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    followed boolean;
BEGIN
    SELECT is_followed INTO followed FROM change_counters WHERE user_id = new.user_id FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO change_counters (user_id) VALUES (new.user_id) ON CONFLICT DO NOTHING;
        SELECT is_followed INTO followed FROM change_counters WHERE user_id = new.user_id FOR UPDATE;
    END IF;
    INSERT INTO changes (user_id, number, resource, id, kind)
    SELECT new.user_id,
           1 + greatest(purged_number, (SELECT max(number) FROM changes WHERE user_id = new.user_id)),
           tg_argv[0], new.id, tg_argv[1]
      FROM change_counters WHERE user_id = new.user_id;
    IF followed AND NOT queue_webhooks(new.user_id, tg_argv[0], new.id, tg_argv[1]) THEN
        UPDATE change_counters SET is_followed = false WHERE user_id = new.user_id;
    END IF;
    RETURN NULL;
END $$;
