-- The texts of a message of an encrypted conversation, as one, and what its provider attached to it; their columns are null then.
ALTER TABLE messages
    ADD COLUMN sealed bytea,
    ADD COLUMN sealed_state bytea,
    ALTER COLUMN metadata DROP NOT NULL,
    DROP CONSTRAINT ck_messages_content,
    DROP CONSTRAINT ck_messages_tool_results,
    DROP CONSTRAINT ck_messages_provider_state,
    ADD CONSTRAINT ck_messages_content CHECK (
        sealed IS NOT NULL OR coalesce(content, '') <> '' OR tool_calls IS NOT NULL OR role = 'tool'),
    ADD CONSTRAINT ck_messages_tool_results CHECK (sealed IS NOT NULL OR (tool_results IS NOT NULL) = (role = 'tool')),
    ADD CONSTRAINT ck_messages_provider_state CHECK (
        (state_provider IS NULL) = (provider_state IS NULL AND sealed_state IS NULL)),
    ADD CONSTRAINT ck_messages_sealed CHECK (
        CASE WHEN sealed IS NULL THEN metadata IS NOT NULL AND sealed_state IS NULL
             ELSE num_nonnulls(content, reasoning, tool_calls, tool_results, metadata, provider_state) = 0 END);

ALTER TABLE message_feedback
    ADD COLUMN sealed bytea,
    ADD CONSTRAINT ck_message_feedback_sealed CHECK (sealed IS NULL OR comment IS NULL);
