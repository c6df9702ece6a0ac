ALTER TABLE tasks ADD CONSTRAINT fk_tasks_conversation FOREIGN KEY (user_id, conversation_id)
    REFERENCES conversations (user_id, id) ON DELETE SET NULL (conversation_id);
