-- Until conversations have their new key. Then it comes back.
ALTER TABLE turns DROP CONSTRAINT fk_turns_conversation;
