ALTER TABLE messages
    DROP COLUMN provider_state,
    DROP COLUMN state_provider,
    DROP COLUMN reasoning;
