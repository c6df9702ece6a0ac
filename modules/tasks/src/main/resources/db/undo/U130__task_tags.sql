DROP INDEX ix_tasks_user_id_due_day;
CREATE INDEX ix_tasks_user_id_due_day ON tasks (user_id, due_day) WHERE deleted_at IS NULL AND due_day IS NOT NULL;
DROP INDEX ix_tasks_user_id_due_date;
CREATE INDEX ix_tasks_user_id_due_date ON tasks (user_id, due_date) WHERE deleted_at IS NULL AND due_date IS NOT NULL;
DROP INDEX ix_tasks_user_id_priority_rank;
DROP INDEX ix_tasks_user_id_title;
DROP INDEX ix_tasks_user_id_updated_at;
ALTER TABLE tasks DROP COLUMN tags, DROP COLUMN tag_keys;
