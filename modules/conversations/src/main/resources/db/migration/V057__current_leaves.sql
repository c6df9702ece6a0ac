ALTER TABLE conversations DISABLE TRIGGER note_updated;

UPDATE conversations c
   SET current_leaf = t.leaf, has_branches = t.has_branches
  FROM (SELECT user_id, conversation_id,
               (array_agg(id ORDER BY created_at DESC, id DESC) FILTER (WHERE deleted_at IS NULL))[1] AS leaf,
               count(*) > count(DISTINCT parent_id) + 1 AS has_branches
          FROM message_tree
         GROUP BY user_id, conversation_id) t
 WHERE t.user_id = c.user_id AND t.conversation_id = c.id;

ALTER TABLE conversations ENABLE TRIGGER note_updated;
