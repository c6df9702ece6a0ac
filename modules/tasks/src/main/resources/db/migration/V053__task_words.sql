ALTER TABLE tasks DROP COLUMN search;
ALTER TABLE tasks ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(search_words(user_id, title), 'A') || search_words(user_id, coalesce(description, ''))) STORED;
CREATE INDEX ix_tasks_search ON tasks USING gin (search) WITH (gin_pending_list_limit = 256);
