-- The parent is one of the user's own; that it is of the same conversation is checked by the statement that stores the reply,
-- because a conversation never changes and one index less is kept for every message. No SET NULL: it is refused if the key
-- contains the column that rows are distributed by, so the statement that removes a message unlinks its replies.
ALTER TABLE messages
    DROP CONSTRAINT fk_messages_parent,
    DROP CONSTRAINT uq_messages_conversation_id_id,
    DROP CONSTRAINT pk_messages,
    ADD CONSTRAINT pk_messages PRIMARY KEY (user_id, id),
    ADD CONSTRAINT fk_messages_conversation FOREIGN KEY (user_id, conversation_id) REFERENCES conversations
        ON DELETE CASCADE;
ALTER TABLE messages
    ADD CONSTRAINT fk_messages_parent FOREIGN KEY (user_id, parent_id) REFERENCES messages;

-- For the lookup that tells 403 from 404 after a miss, the only one that does not name the user.
CREATE INDEX ix_messages_id ON messages (id);

DROP INDEX ix_messages_parent_id;
CREATE INDEX ix_messages_user_id_parent_id ON messages (user_id, parent_id) WHERE parent_id IS NOT NULL;

CREATE OR REPLACE VIEW message_conversations (conversation_id, user_id) AS
SELECT conversation_id, user_id FROM messages;
