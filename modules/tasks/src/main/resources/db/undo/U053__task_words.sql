ALTER TABLE tasks DROP COLUMN search;
ALTER TABLE tasks ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector(search_configuration(), search_text(title)), 'A')
        || to_tsvector(search_configuration(), search_text(coalesce(description, '')))) STORED;
CREATE INDEX ix_tasks_search ON tasks USING gin (search);
