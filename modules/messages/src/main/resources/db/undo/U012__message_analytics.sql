DROP INDEX ix_messages_user_id_created_at_tokens;
DROP INDEX ix_messages_user_id_created_at;
CREATE INDEX ix_messages_user_id_created_at ON messages (user_id, created_at, id) WHERE deleted_at IS NULL;
