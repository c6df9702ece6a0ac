package io.parley.users.sessions;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;

/**
 * The SQL that deletes expired refresh tokens, and ended sessions that no token can revive any more. It picks rows of any
 * users without a lock, then deletes those of one user after the other.
 */
public final class SessionCleanup {
    private static final int PAGE_ROWS = 1_000;

    private final Database database;

    public SessionCleanup(Database database) {
        this.database = database;
    }

    /** Returns the number of deleted rows. */
    public Future<Integer> deleteExpired() {
        return deleteExpiredTokens().compose(tokens -> deleteOldEndedSessions().map(sessions -> tokens + sessions));
    }

    private Future<Integer> deleteExpiredTokens() {
        return deletePages("""
                SELECT user_id, id FROM sessions WHERE expires_at < now() ORDER BY expires_at LIMIT #{limit}
                """, """
                DELETE FROM sessions WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND expires_at < now()
                """);
    }

    // They are kept longer than any of their refresh tokens can live.
    private Future<Integer> deleteOldEndedSessions() {
        return deletePages("""
                SELECT user_id, session_id AS id
                  FROM ended_sessions
                 WHERE ended_at < now() - interval '31 days'
                 ORDER BY ended_at
                 LIMIT #{limit}
                """, """
                DELETE FROM ended_sessions
                 WHERE user_id = #{user_id} AND session_id = ANY(#{ids}) AND ended_at < now() - interval '31 days'
                """);
    }

    private Future<Integer> deletePages(String candidates, String deletion) {
        return database.acrossUsers()
                .query(candidates, UserRow::of)
                .list(Parameters.of("limit", PAGE_ROWS))
                .compose(rows -> UserRow.eachUser(
                                rows,
                                (user, ids) -> database.query(deletion)
                                        .run(Parameters.of("user_id", user).and("ids", ids)))
                        .compose(deleted -> rows.size() < PAGE_ROWS
                                ? Future.succeededFuture(deleted)
                                : deletePages(candidates, deletion).map(further -> deleted + further)));
    }
}
