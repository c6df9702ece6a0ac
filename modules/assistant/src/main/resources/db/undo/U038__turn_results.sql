ALTER TABLE turns
    DROP COLUMN error_code,
    DROP COLUMN finish_reason,
    DROP COLUMN user_message_id;
