DROP TRIGGER note_restored ON messages;
DROP TRIGGER note_deleted ON messages;
DROP TRIGGER note_updated ON messages;
DROP TRIGGER note_created ON messages;
