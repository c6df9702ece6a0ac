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

DROP FUNCTION follow_changes();
ALTER TABLE change_counters DROP COLUMN is_followed;
