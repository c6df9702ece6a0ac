DROP INDEX ix_messages_search;
ALTER TABLE messages DROP COLUMN search;
