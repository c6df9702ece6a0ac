package io.parley.users.profile;

import io.parley.contracts.users.User;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;

/**
 * The rule that the last active administrator stays. A statement that could take one away first locks the rows of all
 * administrators, always in the same order, and then decides by the locked rows: if two administrators demote each other at
 * the same time, one statement waits for the other. The locked rows are materialized and joined, because PostgreSQL would
 * evaluate a subquery again for a row that has changed in the meantime.
 */
public final class LastAdminRule {
    /** Common table expressions: {@code target} is the row {@code #{id}} with {@code is_last_admin}. */
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

    /** Why a permitted statement that names this user and these versions changed no row. */
    public static Problem problem(User user, Versions versions) {
        return versions.any() || versions.listed().contains(user.updatedAt())
                ? Problem.conflict(
                        "", "This account is the last administrator. Make another user an administrator first.")
                : Problem.stale("user");
    }

    private LastAdminRule() {}
}
