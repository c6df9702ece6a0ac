-- What a task is filtered by beside its tags as they were written: tags in one case, so that "Work" finds "work".
ALTER TABLE tasks
    ADD COLUMN tags     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN tag_keys text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT ck_tasks_tags CHECK (cardinality(tags) <= 20 AND cardinality(tags) = cardinality(tag_keys));

CREATE INDEX ix_tasks_user_id_created_at_tagged ON tasks (user_id, created_at, id)
    WHERE deleted_at IS NULL AND tag_keys <> '{}';

CREATE INDEX ix_tasks_user_id_updated_at ON tasks (user_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_tasks_user_id_title ON tasks (user_id, lower(title), id) WHERE deleted_at IS NULL;
CREATE INDEX ix_tasks_user_id_priority_rank ON tasks
    (user_id, (CASE priority WHEN 'low' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), id) WHERE deleted_at IS NULL;

-- With the id, which tasks of one day or one minute are sorted by.
DROP INDEX ix_tasks_user_id_due_date;
CREATE INDEX ix_tasks_user_id_due_date ON tasks (user_id, due_date, id) WHERE deleted_at IS NULL AND due_date IS NOT NULL;
DROP INDEX ix_tasks_user_id_due_day;
CREATE INDEX ix_tasks_user_id_due_day ON tasks (user_id, due_day, id) WHERE deleted_at IS NULL AND due_day IS NOT NULL;
