-- Conversations that only hold the responses of a program together are in no list, so the list's index leaves them out.
ALTER TABLE conversations
    ADD COLUMN origin text NOT NULL DEFAULT 'person',
    ADD CONSTRAINT ck_conversations_origin CHECK (origin IN ('person', 'responses'));

DROP INDEX ix_conversations_user_id_updated_at;
CREATE INDEX ix_conversations_user_id_updated_at ON conversations (user_id, updated_at, id)
    WHERE deleted_at IS NULL AND origin = 'person';

DROP TRIGGER note_created ON conversations;
CREATE TRIGGER note_created AFTER INSERT ON conversations
    FOR EACH ROW WHEN (new.deleted_at IS NULL AND new.origin = 'person')
    EXECUTE FUNCTION note_change('conversation', 'created');
DROP TRIGGER note_updated ON conversations;
CREATE TRIGGER note_updated AFTER UPDATE ON conversations
    FOR EACH ROW WHEN (old.deleted_at IS NULL AND new.deleted_at IS NULL AND new.origin = 'person'
                       AND old.* IS DISTINCT FROM new.*)
    EXECUTE FUNCTION note_change('conversation', 'updated');
