CREATE INDEX ix_messages_user_id_deleted_at ON messages (user_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX ix_messages_deleted_at ON messages (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Published for the purge of conversations: those it names are not empty yet.
CREATE VIEW message_conversations (conversation_id) AS
SELECT conversation_id FROM messages;
