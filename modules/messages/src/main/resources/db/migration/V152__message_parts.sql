-- Texts and files in their order; null if content is everything. In an encrypted conversation they are sealed with the content. A part
-- names a file by its id only: files may be deleted before the messages that name them.
ALTER TABLE messages
    ADD COLUMN parts jsonb,
    DROP CONSTRAINT ck_messages_content,
    DROP CONSTRAINT ck_messages_sealed,
    ADD CONSTRAINT ck_messages_content CHECK (
        sealed IS NOT NULL OR coalesce(content, '') <> '' OR tool_calls IS NOT NULL OR role = 'tool'
        OR coalesce(parts @? '$[*].file_id', false)),
    ADD CONSTRAINT ck_messages_parts CHECK (parts IS NULL OR jsonb_typeof(parts) = 'array' AND role IN ('user', 'assistant')),
    ADD CONSTRAINT ck_messages_sealed CHECK (
        CASE WHEN sealed IS NULL THEN metadata IS NOT NULL AND sealed_state IS NULL
             ELSE num_nonnulls(content, parts, reasoning, tool_calls, tool_results, metadata, provider_state) = 0 END);
