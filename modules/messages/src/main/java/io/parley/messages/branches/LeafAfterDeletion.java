package io.parley.messages.branches;

/** SQL that finds the next current leaf if the current one is deleted. */
public final class LeafAfterDeletion {
    /**
     * Common table expressions up to {@code leaf}, whose {@code id} is null if no other message is live. They follow
     * {@code deleted}, which has the {@code id}, {@code conversation_id}, {@code parent_id} and {@code current_leaf} of the deleted
     * message; other parts of the statement still see that one as live.
     */
    public static final String LEAF = """
        , ancestors (id, parent_id, created_at, deleted_at) AS (
            SELECT m.id, m.parent_id, m.created_at, m.deleted_at
              FROM deleted d JOIN messages m ON m.user_id = #{user_id} AND m.id = d.parent_id
             WHERE d.id = d.current_leaf
            UNION ALL
            SELECT m.id, m.parent_id, m.created_at, m.deleted_at
              FROM ancestors a JOIN messages m ON m.user_id = #{user_id} AND m.id = a.parent_id
             WHERE a.deleted_at IS NOT NULL),
        below (id, created_at, deleted_at) AS (
            SELECT id, created_at, deleted_at FROM ancestors WHERE deleted_at IS NULL
            UNION ALL
            SELECT m.id, m.created_at, m.deleted_at
              FROM below b JOIN messages m ON m.user_id = #{user_id} AND m.parent_id = b.id),
        leaf AS (
            SELECT coalesce(
                (SELECT id FROM below WHERE deleted_at IS NULL AND id <> #{id} ORDER BY created_at DESC LIMIT 1),
                (SELECT m.id FROM messages m
                  WHERE m.user_id = #{user_id} AND m.conversation_id = (SELECT conversation_id FROM deleted)
                    AND m.deleted_at IS NULL AND m.id <> #{id}
                  ORDER BY m.created_at DESC LIMIT 1)) AS id)
        """;

    private LeafAfterDeletion() {}
}
