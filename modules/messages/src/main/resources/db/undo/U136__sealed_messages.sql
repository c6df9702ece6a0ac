DO $$
BEGIN
    IF EXISTS (SELECT FROM messages WHERE sealed IS NOT NULL)
        OR EXISTS (SELECT FROM message_feedback WHERE sealed IS NOT NULL) THEN
        RAISE EXCEPTION 'there are encrypted messages, which this would make unreadable: export and delete them first';
    END IF;
END $$;

ALTER TABLE message_feedback DROP CONSTRAINT ck_message_feedback_sealed, DROP COLUMN sealed;
ALTER TABLE messages
    DROP CONSTRAINT ck_messages_sealed,
    DROP CONSTRAINT ck_messages_content,
    DROP CONSTRAINT ck_messages_tool_results,
    DROP CONSTRAINT ck_messages_provider_state,
    ADD CONSTRAINT ck_messages_content CHECK (coalesce(content, '') <> '' OR tool_calls IS NOT NULL OR role = 'tool'),
    ADD CONSTRAINT ck_messages_tool_results CHECK ((tool_results IS NOT NULL) = (role = 'tool')),
    ADD CONSTRAINT ck_messages_provider_state CHECK ((state_provider IS NULL) = (provider_state IS NULL)),
    ALTER COLUMN metadata SET NOT NULL,
    DROP COLUMN sealed,
    DROP COLUMN sealed_state;
