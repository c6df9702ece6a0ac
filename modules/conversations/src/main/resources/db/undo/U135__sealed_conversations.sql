DO $$
BEGIN
    IF EXISTS (SELECT FROM conversations WHERE sealed IS NOT NULL) THEN
        RAISE EXCEPTION 'there are encrypted conversations, which this would make unreadable: export and delete them first';
    END IF;
END $$;

DROP VIEW importing_conversations;
CREATE VIEW importing_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE purged_at > now();
DROP VIEW encrypted_conversations;

DROP INDEX ix_conversations_user_id_sealed;
ALTER TABLE conversations
    DROP CONSTRAINT ck_conversations_sealed,
    DROP COLUMN sealed,
    ALTER COLUMN metadata SET NOT NULL;
