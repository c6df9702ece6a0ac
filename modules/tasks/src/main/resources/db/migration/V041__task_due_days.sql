-- A task is due at a time or on a day. The day begins and ends when it does where its owner is.
ALTER TABLE tasks
    ADD COLUMN due_day date,
    ADD CONSTRAINT ck_tasks_due_day CHECK (due_date IS NULL OR due_day IS NULL);

CREATE INDEX ix_tasks_user_id_due_day ON tasks (user_id, due_day) WHERE deleted_at IS NULL AND due_day IS NOT NULL;
