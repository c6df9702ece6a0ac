-- A message without a parent follows the previous one in time, unless its conversation has a parent that is younger than its
-- child, as an import may have: there a link by time could close a ring. All rows move, so the indexes, the foreign key and the
-- notices are put aside meanwhile: to keep them with each row takes several times as long.
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE messages DROP CONSTRAINT fk_messages_parent;
ALTER TABLE messages DISABLE TRIGGER note_updated;

DO $$
DECLARE
    indexes text[] := ARRAY(SELECT i.indexrelid::regclass FROM pg_index i
                             WHERE i.indrelid = 'messages'::regclass AND NOT i.indisprimary);
    definitions text[] := ARRAY(SELECT pg_get_indexdef(i::regclass) FROM unnest(indexes) AS i);
    each text;
BEGIN
    FOREACH each IN ARRAY indexes LOOP EXECUTE 'DROP INDEX ' || each; END LOOP;

    WITH kept (user_id, conversation_id) AS MATERIALIZED (
        SELECT DISTINCT child.user_id, child.conversation_id
          FROM messages child JOIN messages parent ON parent.user_id = child.user_id AND parent.id = child.parent_id
         WHERE (parent.created_at, parent.id) > (child.created_at, child.id)),
    previous (user_id, id, previous_id) AS (
        SELECT user_id, id, lag(id) OVER (PARTITION BY user_id, conversation_id ORDER BY created_at, id)
          FROM messages
         WHERE (user_id, conversation_id) NOT IN (SELECT user_id, conversation_id FROM kept))
    UPDATE messages m
       SET parent_id = p.previous_id
      FROM previous p
     WHERE p.user_id = m.user_id AND p.id = m.id AND m.parent_id IS NULL AND p.previous_id IS NOT NULL;

    FOREACH each IN ARRAY definitions LOOP EXECUTE each; END LOOP;
END $$;

CREATE INDEX ix_messages_user_id_conversation_id_roots ON messages (user_id, conversation_id) WHERE parent_id IS NULL;
ALTER TABLE messages ENABLE TRIGGER note_updated;
ALTER TABLE messages
    ADD CONSTRAINT fk_messages_parent FOREIGN KEY (user_id, parent_id) REFERENCES messages;

-- Published for conversations, which move their current leaf.
CREATE VIEW message_tree (user_id, id, conversation_id, parent_id, created_at, deleted_at) AS
SELECT user_id, id, conversation_id, parent_id, created_at, deleted_at FROM messages;
