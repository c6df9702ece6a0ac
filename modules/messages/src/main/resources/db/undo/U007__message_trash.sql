DROP VIEW message_conversations;
DROP INDEX ix_messages_deleted_at;
DROP INDEX ix_messages_user_id_deleted_at;
