DROP INDEX ix_tasks_search;
ALTER TABLE tasks DROP COLUMN search;
