package io.parley.messages.branches;

/**
 * SQL that finds the place of the next message of a turn, if the current leaf is no longer the turn's last message,
 * {@code #{parent_id}}. Each message is younger than its parent, so a walk up can end at the time of what it looks for.
 */
public final class FollowingPlace {
    /**
     * Common table expressions up to {@code place}. The {@code anchor} is the last message or, if that was deleted, its nearest
     * live ancestor; {@code younger} is the current branch down from the time of the anchor. If the anchor is on that branch, or
     * there is none, the leaf was not moved to another one. The deletion of the last message may have moved it to an older one,
     * which the next message must not follow.
     */
    public static final String PLACE = """
        last (id, parent_id, created_at, deleted_at) AS (
            SELECT m.id, m.parent_id, m.created_at, m.deleted_at FROM messages m
             WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id} AND m.id = #{parent_id}),
        ancestors (id, parent_id, created_at, deleted_at) AS (
            SELECT id, parent_id, created_at, deleted_at FROM last
            UNION ALL
            SELECT m.id, m.parent_id, m.created_at, m.deleted_at
              FROM ancestors a JOIN messages m ON m.user_id = #{user_id} AND m.id = a.parent_id
             WHERE a.deleted_at IS NOT NULL),
        anchor AS (SELECT id, created_at FROM ancestors WHERE deleted_at IS NULL),
        younger (id, parent_id, created_at) AS (
            SELECT m.id, m.parent_id, m.created_at
              FROM locked JOIN messages m ON m.user_id = #{user_id} AND m.id = locked.current_leaf
            UNION ALL
            SELECT m.id, m.parent_id, m.created_at
              FROM younger y JOIN messages m ON m.user_id = #{user_id} AND m.id = y.parent_id
             WHERE m.created_at >= (SELECT created_at FROM anchor)),
        below (id, created_at, deleted_at) AS (
            SELECT id, created_at, deleted_at FROM last
            UNION ALL
            SELECT m.id, m.created_at, m.deleted_at
              FROM below b JOIN messages m ON m.user_id = #{user_id} AND m.parent_id = b.id),
        newest AS (
            SELECT id FROM below WHERE deleted_at IS NULL OR id = #{parent_id}
             ORDER BY deleted_at IS NULL DESC, created_at DESC LIMIT 1),
        branch AS (
            SELECT NOT EXISTS (SELECT FROM anchor)
                   OR EXISTS (SELECT FROM younger y JOIN anchor ON anchor.id = y.id) AS is_current),
        place AS (
            SELECT CASE WHEN branch.is_current AND leaf.created_at > last.created_at THEN leaf.id ELSE newest.id END
                       AS parent_id,
                   branch.is_current AS moves
              FROM last CROSS JOIN newest CROSS JOIN branch
              LEFT JOIN younger leaf ON leaf.id = (SELECT current_leaf FROM locked))
        """;

    private FollowingPlace() {}
}
