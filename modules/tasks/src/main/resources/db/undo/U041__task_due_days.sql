DROP INDEX ix_tasks_user_id_due_day;
ALTER TABLE tasks
    DROP CONSTRAINT ck_tasks_due_day,
    DROP COLUMN due_day;
