-- What had nothing but files has no content any more, so that this says so.
UPDATE messages SET content = '(files)'
 WHERE parts IS NOT NULL AND coalesce(content, '') = '' AND tool_calls IS NULL;

ALTER TABLE messages
    DROP CONSTRAINT ck_messages_sealed,
    DROP CONSTRAINT ck_messages_content,
    DROP CONSTRAINT ck_messages_parts,
    DROP COLUMN parts,
    ADD CONSTRAINT ck_messages_content CHECK (
        sealed IS NOT NULL OR coalesce(content, '') <> '' OR tool_calls IS NOT NULL OR role = 'tool'),
    ADD CONSTRAINT ck_messages_sealed CHECK (
        CASE WHEN sealed IS NULL THEN metadata IS NOT NULL AND sealed_state IS NULL
             ELSE num_nonnulls(content, reasoning, tool_calls, tool_results, metadata, provider_state) = 0 END);
