CREATE TRIGGER note_created AFTER INSERT ON messages
    FOR EACH ROW WHEN (new.deleted_at IS NULL) EXECUTE FUNCTION note_change('message', 'created');
CREATE TRIGGER note_updated AFTER UPDATE ON messages
    FOR EACH ROW WHEN (old.deleted_at IS NULL AND new.deleted_at IS NULL AND old.* IS DISTINCT FROM new.*)
    EXECUTE FUNCTION note_change('message', 'updated');
CREATE TRIGGER note_deleted AFTER UPDATE OF deleted_at ON messages
    FOR EACH ROW WHEN (old.deleted_at IS NULL AND new.deleted_at IS NOT NULL)
    EXECUTE FUNCTION note_change('message', 'deleted');
CREATE TRIGGER note_restored AFTER UPDATE OF deleted_at ON messages
    FOR EACH ROW WHEN (old.deleted_at IS NOT NULL AND new.deleted_at IS NULL)
    EXECUTE FUNCTION note_change('message', 'created');
