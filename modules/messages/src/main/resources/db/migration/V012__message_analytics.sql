-- For the counts by role: read from this index alone, it does not visit the rows of a long span.
DROP INDEX ix_messages_user_id_created_at;
CREATE INDEX ix_messages_user_id_created_at ON messages (user_id, created_at, id) INCLUDE (role, conversation_id)
    WHERE deleted_at IS NULL;
CREATE INDEX ix_messages_user_id_created_at_tokens ON messages (user_id, created_at)
    INCLUDE (model, token_count, conversation_id) WHERE deleted_at IS NULL AND token_count IS NOT NULL;
