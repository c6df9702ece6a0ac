-- The texts of an encrypted conversation, as one; their columns are null then. A row never changes from one form to the other,
-- because its earlier versions stay in the files for a while.
ALTER TABLE conversations
    ADD COLUMN sealed bytea,
    ALTER COLUMN metadata DROP NOT NULL,
    ADD CONSTRAINT ck_conversations_sealed CHECK (
        CASE WHEN sealed IS NULL THEN metadata IS NOT NULL
             ELSE num_nonnulls(title, description, metadata, instructions) = 0 END);

-- Searches say how many there are.
CREATE INDEX ix_conversations_user_id_sealed ON conversations (user_id) WHERE sealed IS NOT NULL AND deleted_at IS NULL;

-- Not a column of live_conversations, which is read where nothing sealed may be.
CREATE VIEW encrypted_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE deleted_at IS NULL AND sealed IS NOT NULL;

CREATE OR REPLACE VIEW importing_conversations (id, user_id, encrypted) AS
SELECT id, user_id, sealed IS NOT NULL FROM conversations WHERE purged_at > now();
