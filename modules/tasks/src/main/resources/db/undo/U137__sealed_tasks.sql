DO $$
BEGIN
    IF EXISTS (SELECT FROM tasks WHERE sealed IS NOT NULL) THEN
        RAISE EXCEPTION 'there are encrypted tasks, which this would make unreadable: export and delete them first';
    END IF;
END $$;

DROP INDEX ix_tasks_user_id_sealed;
ALTER TABLE tasks
    DROP CONSTRAINT ck_tasks_sealed,
    DROP COLUMN sealed,
    ALTER COLUMN title SET NOT NULL;
