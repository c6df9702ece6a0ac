package io.parley.users.factors;

import io.parley.contracts.users.SecondFactors;
import io.parley.kernel.Ids;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.users.profile.Account;
import io.parley.users.sessions.ExpiredRows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/** The SQL of the table {@code login_challenges}: logins that wait for a second factor. A new password ends them. */
final class ChallengeStore {
    private static final String LIVE = """
            user_id = #{user_id} AND token_hash = #{token_hash} AND password_digest = #{password_digest}
                       AND attempts_left > 0 AND expires_at > now()""";

    private final Database database;

    ChallengeStore(Database database) {
        this.database = database;
    }

    Future<Integer> insert(Account account, ChallengeToken token) {
        return database.query("""
                    INSERT INTO login_challenges (user_id, id, token_hash, password_digest, attempts_left, expires_at)
                    VALUES (#{user_id}, #{id}, #{token_hash}, #{password_digest}, #{attempts},
                            now() + make_interval(secs => #{seconds}))
                    """)
                .run(live(account, token)
                        .and("id", Ids.next())
                        .and("attempts", SecondFactors.CHALLENGE_ATTEMPTS)
                        .and("seconds", (double) SecondFactors.CHALLENGE_LIFETIME.toSeconds()));
    }

    /** Uses one of the attempts up; false if the login can no longer be completed. */
    Future<Boolean> takeAttempt(Account account, ChallengeToken token) {
        return database.query("UPDATE login_challenges SET attempts_left = attempts_left - 1 WHERE " + LIVE)
                .run(live(account, token))
                .map(rows -> rows > 0);
    }

    /** Ends the challenge after a right code; false if it has been completed meanwhile. */
    Future<Boolean> complete(Account account, ChallengeToken token) {
        return database.query("DELETE FROM login_challenges WHERE user_id = #{user_id} AND token_hash = #{token_hash}")
                .run(Parameters.of("user_id", account.user().id()).and("token_hash", token.hash()))
                .map(rows -> rows > 0);
    }

    // An account without a password has no challenges: nobody can log in to it with one.
    private static Parameters live(Account account, ChallengeToken token) {
        return Parameters.of("user_id", account.user().id())
                .and("token_hash", token.hash())
                .and(
                        "password_digest",
                        Buffer.buffer(Sha256.of(Objects.requireNonNullElse(account.passwordHash(), ""))));
    }

    /** Returns the number of deleted rows. */
    Future<Integer> deleteExpired() {
        return new ExpiredRows(database)
                .delete(
                        "SELECT user_id, id FROM login_challenges WHERE expires_at < now() ORDER BY expires_at LIMIT #{limit}",
                        "DELETE FROM login_challenges WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND expires_at < now()");
    }
}
