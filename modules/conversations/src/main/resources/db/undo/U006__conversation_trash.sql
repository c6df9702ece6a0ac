DROP VIEW purged_conversations;
DROP VIEW deleted_conversations;
DROP INDEX ix_conversations_purged_at;
DROP INDEX ix_conversations_deleted_at;
ALTER TABLE conversations DROP CONSTRAINT ck_conversations_purged_at, DROP COLUMN purged_at;
