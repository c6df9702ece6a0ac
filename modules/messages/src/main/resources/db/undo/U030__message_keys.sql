-- A view loses no column by CREATE OR REPLACE.
DROP VIEW message_conversations;
CREATE VIEW message_conversations (conversation_id) AS
SELECT conversation_id FROM messages;

DROP INDEX ix_messages_user_id_parent_id;
CREATE INDEX ix_messages_parent_id ON messages (conversation_id, parent_id) WHERE parent_id IS NOT NULL;

DROP INDEX ix_messages_id;

ALTER TABLE messages
    DROP CONSTRAINT fk_messages_parent,
    DROP CONSTRAINT fk_messages_conversation,
    DROP CONSTRAINT pk_messages,
    ADD CONSTRAINT pk_messages PRIMARY KEY (id),
    ADD CONSTRAINT uq_messages_conversation_id_id UNIQUE (conversation_id, id);
ALTER TABLE messages
    ADD CONSTRAINT fk_messages_parent FOREIGN KEY (conversation_id, parent_id)
        REFERENCES messages (conversation_id, id) ON DELETE SET NULL (parent_id);
