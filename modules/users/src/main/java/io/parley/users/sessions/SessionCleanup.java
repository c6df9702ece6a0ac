package io.parley.users.sessions;

import io.parley.storage.Database;
import io.vertx.core.Future;

/**
 * The SQL that deletes expired refresh tokens, and ended sessions that no token can revive any more.
 */
public final class SessionCleanup {
    private final ExpiredRows expired;

    public SessionCleanup(Database database) {
        this.expired = new ExpiredRows(database);
    }

    /** Returns the number of deleted rows. */
    public Future<Integer> deleteExpired() {
        return deleteExpiredTokens().compose(tokens -> deleteOldEndedSessions().map(sessions -> tokens + sessions));
    }

    private Future<Integer> deleteExpiredTokens() {
        return expired.delete("""
                SELECT user_id, id FROM sessions WHERE expires_at < now() ORDER BY expires_at LIMIT #{limit}
                """, """
                DELETE FROM sessions WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND expires_at < now()
                """);
    }

    // They are kept longer than any of their refresh tokens can live.
    private Future<Integer> deleteOldEndedSessions() {
        return expired.delete("""
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
}
