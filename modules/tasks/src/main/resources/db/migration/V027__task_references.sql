-- Until conversations have their new key. Then it comes back.
ALTER TABLE tasks DROP CONSTRAINT fk_tasks_conversation;
