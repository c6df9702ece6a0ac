ALTER TABLE turns
    ADD COLUMN user_message_id uuid,
    ADD COLUMN finish_reason   text,
    ADD COLUMN error_code      text,
    ADD CONSTRAINT ck_turns_error_code CHECK (error_code IS NULL OR status = 'failed');
