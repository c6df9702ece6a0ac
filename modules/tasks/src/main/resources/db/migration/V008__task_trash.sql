CREATE INDEX ix_tasks_deleted_at ON tasks (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Published for the purge of conversations: those it names are not free of links yet.
CREATE VIEW task_conversations (conversation_id, user_id) AS
SELECT conversation_id, user_id FROM tasks WHERE conversation_id IS NOT NULL;
