CREATE VIEW titles AS SELECT title FROM notes;
