ALTER TABLE messages
    ADD COLUMN reasoning      text,
    -- What the provider of that name attached to the message for itself. Text, because it goes back exactly as it came.
    ADD COLUMN state_provider text,
    ADD COLUMN provider_state text,
    ADD CONSTRAINT ck_messages_provider_state CHECK ((state_provider IS NULL) = (provider_state IS NULL));
