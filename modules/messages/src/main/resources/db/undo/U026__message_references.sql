ALTER TABLE messages ADD CONSTRAINT fk_messages_conversation FOREIGN KEY (user_id, conversation_id)
    REFERENCES conversations (user_id, id) ON DELETE CASCADE;
