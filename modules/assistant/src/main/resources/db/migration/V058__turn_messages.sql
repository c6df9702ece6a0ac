-- The message that a turn answers; null for turns from before this, which have stored it themselves. No foreign key: a turn
-- outlives its message.
ALTER TABLE turns ADD COLUMN IF NOT EXISTS user_message_id uuid;
