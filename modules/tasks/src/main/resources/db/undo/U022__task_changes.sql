DROP TRIGGER note_restored ON tasks;
DROP TRIGGER note_deleted ON tasks;
DROP TRIGGER note_updated ON tasks;
DROP TRIGGER note_created ON tasks;
