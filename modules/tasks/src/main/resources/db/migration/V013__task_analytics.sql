CREATE INDEX ix_tasks_user_id_completed_at ON tasks (user_id, completed_at)
    WHERE deleted_at IS NULL AND completed_at IS NOT NULL;
