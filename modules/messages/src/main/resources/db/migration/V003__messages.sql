CREATE TABLE messages (
    id              uuid        CONSTRAINT pk_messages PRIMARY KEY,
    conversation_id uuid        NOT NULL,
    user_id         uuid        NOT NULL CONSTRAINT fk_messages_user REFERENCES users ON DELETE CASCADE,
    parent_id       uuid,
    role            text        NOT NULL,
    content         text,
    token_count     integer,
    model           text,
    tool_calls      jsonb,
    tool_results    jsonb,
    metadata        jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    deleted_at      timestamptz,
    CONSTRAINT uq_messages_conversation_id_id UNIQUE (conversation_id, id),
    CONSTRAINT fk_messages_conversation FOREIGN KEY (user_id, conversation_id)
        REFERENCES conversations (user_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_messages_parent FOREIGN KEY (conversation_id, parent_id)
        REFERENCES messages (conversation_id, id) ON DELETE SET NULL (parent_id),
    CONSTRAINT ck_messages_role         CHECK (role IN ('user', 'assistant', 'system', 'tool')),
    CONSTRAINT ck_messages_content      CHECK (coalesce(content, '') <> '' OR tool_calls IS NOT NULL OR role = 'tool'),
    CONSTRAINT ck_messages_token_count  CHECK (token_count >= 0),
    CONSTRAINT ck_messages_tool_calls   CHECK (tool_calls IS NULL OR role = 'assistant'),
    CONSTRAINT ck_messages_tool_results CHECK ((tool_results IS NOT NULL) = (role = 'tool')),
    CONSTRAINT ck_messages_metadata     CHECK (jsonb_typeof(metadata) = 'object')
);

-- Not partial: a conversation that is removed finds its deleted messages by it as well.
CREATE INDEX ix_messages_conversation_id_created_at ON messages (conversation_id, created_at, id);
CREATE INDEX ix_messages_conversation_id_deleted_at ON messages (conversation_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX ix_messages_user_id_created_at ON messages (user_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_messages_user_id_role_created_at ON messages (user_id, role, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_messages_parent_id ON messages (conversation_id, parent_id) WHERE parent_id IS NOT NULL;
