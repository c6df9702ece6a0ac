DROP TRIGGER note_updated ON turns;
DROP TRIGGER note_created ON turns;
