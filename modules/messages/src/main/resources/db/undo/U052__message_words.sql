ALTER TABLE messages DROP COLUMN search;
ALTER TABLE messages ADD COLUMN search tsvector
    GENERATED ALWAYS AS (to_tsvector(search_configuration(), search_text(content))) STORED;
CREATE INDEX ix_messages_search ON messages USING gin (search);
