-- The texts of an encrypted task, as one; their columns are null then.
ALTER TABLE tasks
    ADD COLUMN sealed bytea,
    ALTER COLUMN title DROP NOT NULL,
    ADD CONSTRAINT ck_tasks_sealed CHECK (
        CASE WHEN sealed IS NULL THEN title IS NOT NULL ELSE num_nonnulls(title, description) = 0 END);

-- Searches say how many there are, and lists that are sorted by title end with them.
CREATE INDEX ix_tasks_user_id_sealed ON tasks (user_id, id) WHERE sealed IS NOT NULL AND deleted_at IS NULL;
