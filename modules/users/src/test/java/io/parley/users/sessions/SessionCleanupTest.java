package io.parley.users.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SessionCleanupTest {
    private final Database database;
    private final SessionCleanup cleanup;

    SessionCleanupTest(Database database) {
        this.database = database;
        this.cleanup = new SessionCleanup(database);
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM sessions");
        run("DELETE FROM ended_sessions");
    }

    @Test
    void deletesExpiredTokensOfEveryUser() {
        insertTokens(4);
        int users = run("SELECT FROM users");

        assertThat(Answers.of(cleanup.deleteExpired())).isEqualTo(2 * users);

        assertThat(run("SELECT FROM sessions WHERE expires_at > now()")).isEqualTo(2 * users);
        assertThat(run("SELECT FROM sessions")).isEqualTo(2 * users);
        assertThat(Answers.of(cleanup.deleteExpired())).isZero();
    }

    @Test
    void keepsEndedSessionsLongerThanAnyToken() {
        run("""
            INSERT INTO ended_sessions (user_id, session_id, ended_at)
            SELECT id, gen_random_uuid(), now() - days * interval '1 day' FROM users, unnest(ARRAY[0, 30, 32]) days
            """);
        int users = run("SELECT FROM users");

        assertThat(Answers.of(cleanup.deleteExpired())).isEqualTo(users);

        assertThat(run("SELECT FROM ended_sessions WHERE ended_at > now() - interval '31 days'"))
                .isEqualTo(2 * users);
    }

    @Test
    void deletesEverythingOnceIfTwoNodesCleanUpAtOnce() {
        insertTokens(1_200);
        int users = run("SELECT FROM users");

        var first = cleanup.deleteExpired();
        var second = new SessionCleanup(database).deleteExpired();
        Answers.of(Future.all(first, second));

        assertThat(first.result() + second.result()).isEqualTo(600 * users);
        assertThat(run("SELECT FROM sessions")).isEqualTo(600 * users);
    }

    /** Half of them expired. */
    private void insertTokens(int perUser) {
        Answers.of(OwnerDatabase.of(database).query("""
                        INSERT INTO sessions (id, user_id, token_hash, family_id, expires_at)
                        SELECT gen_random_uuid(), u.id, sha256((u.id::text || n)::bytea), gen_random_uuid(),
                               now() + CASE n % 2 WHEN 0 THEN interval '1 hour' ELSE interval '-1 hour' END
                          FROM users u, generate_series(1, #{count}::int) n
                        """).run(Parameters.of("count", perUser)));
    }

    private int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
