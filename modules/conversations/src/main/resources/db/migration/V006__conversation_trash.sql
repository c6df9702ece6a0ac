-- Set when the purge takes it, from when on it cannot be restored: its messages and links go in batches before it does.
ALTER TABLE conversations ADD COLUMN purged_at timestamptz,
    ADD CONSTRAINT ck_conversations_purged_at CHECK (purged_at IS NULL OR deleted_at IS NOT NULL);

CREATE INDEX ix_conversations_deleted_at ON conversations (deleted_at, id)
    WHERE deleted_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX ix_conversations_purged_at ON conversations (purged_at, id) WHERE purged_at IS NOT NULL;

-- Published for the searches of messages: the trash is small, so to leave it out is cheaper than to join the rest.
CREATE VIEW deleted_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE deleted_at IS NOT NULL;

-- Published for the purges of messages and tasks: what refers to these goes now.
CREATE VIEW purged_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE purged_at IS NOT NULL;
