package io.parley.users.administration;

import io.parley.contracts.users.User;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;

/**
 * Keeps the last active administrator. A statement that could take one away locks all of them first, in one order, and
 * judges by the rows as it then finds them: two administrators who demote each other come one after the other. What it
 * finds is materialized and joined, since a subquery over it would be judged anew for a row that has changed meanwhile.
 */
public final class LastAdminRule {
    /** The row {@code #{id}} and those of all active administrators, locked. */
    public static final String LOCKED = """
        locked AS MATERIALIZED (
            SELECT id, role, is_active
              FROM users
             WHERE id = #{id} OR (role = 'admin' AND is_active)
             ORDER BY id
               FOR NO KEY UPDATE),
        target AS MATERIALIZED (
            SELECT id, role, is_active,
                   role = 'admin' AND is_active
                   AND NOT EXISTS (SELECT FROM locked l
                                    WHERE l.id <> #{id} AND l.role = 'admin' AND l.is_active) AS is_last_admin
              FROM locked
             WHERE id = #{id})
        """;

    /** Why a statement that is allowed otherwise met no row. */
    public static Problem problem(User user, Versions versions) {
        return versions.any() || versions.listed().contains(user.updatedAt())
                ? Problem.conflict("", "This is the last administrator. Make another one first.")
                : Problem.stale("user");
    }

    private LastAdminRule() {}
}
