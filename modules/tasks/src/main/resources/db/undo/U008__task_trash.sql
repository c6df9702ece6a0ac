DROP VIEW task_conversations;
DROP INDEX ix_tasks_deleted_at;
