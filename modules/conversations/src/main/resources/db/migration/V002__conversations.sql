CREATE TABLE conversations (
    id          uuid        CONSTRAINT pk_conversations PRIMARY KEY,
    user_id     uuid        NOT NULL CONSTRAINT fk_conversations_user REFERENCES users ON DELETE CASCADE,
    title       text,
    description text,
    metadata    jsonb       NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz,
    -- What messages and tasks refer to, so that no row of theirs can lie in another user's conversation.
    CONSTRAINT uq_conversations_user_id_id UNIQUE (user_id, id),
    CONSTRAINT ck_conversations_title    CHECK (char_length(title) BETWEEN 1 AND 255),
    CONSTRAINT ck_conversations_metadata CHECK (jsonb_typeof(metadata) = 'object')
);

-- Every message moves updated_at on, so an index more on this table is a write more for every message.
CREATE INDEX ix_conversations_user_id_updated_at ON conversations (user_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_conversations_user_id_deleted_at ON conversations (user_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Published for messages: a read that joins it does not see what lies in the trash.
CREATE VIEW live_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE deleted_at IS NULL;
