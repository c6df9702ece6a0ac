DROP INDEX ix_conversations_user_id_updated_at;
ALTER TABLE conversations DROP COLUMN pinned, DROP COLUMN archived, DROP COLUMN tags, DROP COLUMN tag_keys;
CREATE INDEX ix_conversations_user_id_updated_at ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND origin = 'person';
