package io.parley.users.sessions;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * When sessions last proved who uses them: by signing in, or by the current password. Changes that somebody with a stolen access token
 * must not make need a recent proof (OWASP ASVS 5.0, 7.5.1). Refreshing is none.
 */
public final class SignInTimes {
    private final Database database;
    private final Duration recent;

    public SignInTimes(Database database, SessionSettings settings) {
        this.database = database;
        this.recent = settings.recentSignIn();
    }

    /** Fails sign-in-not-recent unless the session signed in a short time ago. */
    public Future<Void> requireRecent(Caller caller, UUID sessionId) {
        return database.query("""
                    SELECT signed_in_at > now() - make_interval(secs => #{seconds}) AS is_recent
                      FROM sessions
                     WHERE user_id = #{user_id} AND family_id = #{session_id} AND revoked_at IS NULL
                    """, row -> Rows.flag(row, "is_recent"))
                .one(Parameters.of("user_id", caller.userId())
                        .and("session_id", sessionId)
                        .and("seconds", recent.toMillis() / 1000.0))
                .compose(SignInTimes::requireRecent);
    }

    private static Future<Void> requireRecent(Optional<Boolean> isRecent) {
        return isRecent.orElse(false) ? Future.succeededFuture() : Future.failedFuture(Problem.signInNotRecent());
    }

    /** The session has proved just now who uses it. Fails unauthenticated if it has ended. */
    public Future<Void> renew(Caller caller, UUID sessionId) {
        return update(caller, sessionId)
                .compose(rows -> rows > 0 ? Future.succeededFuture(rows) : update(caller, sessionId))
                .compose(rows -> rows > 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.unauthenticated("The session has ended.")));
    }

    // No row if a refresh replaces it at the same moment. The second attempt sees the new one.
    private Future<Integer> update(Caller caller, UUID sessionId) {
        return database.query("""
                    UPDATE sessions
                       SET signed_in_at = now()
                     WHERE user_id = #{user_id} AND family_id = #{session_id} AND revoked_at IS NULL
                    """).run(Parameters.of("user_id", caller.userId()).and("session_id", sessionId));
    }
}
