CREATE TRIGGER note_created AFTER INSERT ON turns
    FOR EACH ROW EXECUTE FUNCTION note_change('turn', 'created');
CREATE TRIGGER note_updated AFTER UPDATE OF status ON turns
    FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION note_change('turn', 'updated');
