-- Kept with the row, since ranking needs it and to make it again costs more than to read it.
ALTER TABLE messages ADD COLUMN search tsvector
    GENERATED ALWAYS AS (to_tsvector(search_configuration(), search_text(content))) STORED;

-- Not partial: PostgreSQL does not intersect two indexes that have the same predicate, and with that of the user and the
-- time this one must be.
CREATE INDEX ix_messages_search ON messages USING gin (search);
