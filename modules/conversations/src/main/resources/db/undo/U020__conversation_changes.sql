DROP TRIGGER note_restored ON conversations;
DROP TRIGGER note_deleted ON conversations;
DROP TRIGGER note_updated ON conversations;
DROP TRIGGER note_created ON conversations;
