ALTER TABLE turns DROP COLUMN user_message_id;
