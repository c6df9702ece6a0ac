-- Where its owner keeps a conversation. The keys of tags are the tags in one case, so that "Work" finds "work".
ALTER TABLE conversations
    ADD COLUMN pinned   boolean NOT NULL DEFAULT false,
    ADD COLUMN archived boolean NOT NULL DEFAULT false,
    ADD COLUMN tags     text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN tag_keys text[]  NOT NULL DEFAULT '{}',
    ADD CONSTRAINT ck_conversations_tags CHECK (cardinality(tags) <= 20 AND cardinality(tags) = cardinality(tag_keys));

-- A message writes an entry into each index that has its conversation's row. Few rows are in any but the first or the second.
DROP INDEX ix_conversations_user_id_updated_at;
CREATE INDEX ix_conversations_user_id_updated_at ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND NOT archived AND origin = 'person';
CREATE INDEX ix_conversations_user_id_updated_at_archived ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND archived;
CREATE INDEX ix_conversations_user_id_updated_at_pinned ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND pinned;
CREATE INDEX ix_conversations_user_id_updated_at_tagged ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND tag_keys <> '{}';
