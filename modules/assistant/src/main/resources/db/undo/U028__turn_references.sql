ALTER TABLE turns ADD CONSTRAINT fk_turns_conversation FOREIGN KEY (user_id, conversation_id)
    REFERENCES conversations (user_id, id) ON DELETE CASCADE;
