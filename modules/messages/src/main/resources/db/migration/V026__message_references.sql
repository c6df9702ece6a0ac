-- Until conversations have their new key. Then it comes back.
ALTER TABLE messages DROP CONSTRAINT fk_messages_conversation;
