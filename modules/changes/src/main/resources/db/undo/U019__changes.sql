DROP FUNCTION note_change();
DROP TABLE changes;
