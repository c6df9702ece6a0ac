DROP TRIGGER note_created ON conversations;
CREATE TRIGGER note_created AFTER INSERT ON conversations
    FOR EACH ROW WHEN (new.deleted_at IS NULL) EXECUTE FUNCTION note_change('conversation', 'created');
DROP TRIGGER note_updated ON conversations;
CREATE TRIGGER note_updated AFTER UPDATE ON conversations
    FOR EACH ROW WHEN (old.deleted_at IS NULL AND new.deleted_at IS NULL AND old.* IS DISTINCT FROM new.*)
    EXECUTE FUNCTION note_change('conversation', 'updated');

DROP INDEX ix_conversations_user_id_updated_at;
ALTER TABLE conversations DROP COLUMN origin;
CREATE INDEX ix_conversations_user_id_updated_at ON conversations (user_id, updated_at, id) WHERE deleted_at IS NULL;
