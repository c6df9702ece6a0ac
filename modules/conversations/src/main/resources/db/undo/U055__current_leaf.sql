DROP VIEW live_conversations;
CREATE VIEW live_conversations (id, user_id) AS
SELECT id, user_id FROM conversations WHERE deleted_at IS NULL;

ALTER TABLE conversations DROP COLUMN current_leaf, DROP COLUMN has_branches;
