-- The message at the end of the branch that lists and chat follow; null if no message is live. No foreign key: it would be
-- checked with every message, and the statements that store, delete and restore messages move the leaf under the lock of the
-- conversation's row. While has_branches is false, all live messages lie on the current branch, so a list by time is that branch.
ALTER TABLE conversations
    ADD COLUMN current_leaf uuid,
    ADD COLUMN has_branches boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW live_conversations (id, user_id, current_leaf, has_branches) AS
SELECT id, user_id, current_leaf, has_branches FROM conversations WHERE deleted_at IS NULL;
