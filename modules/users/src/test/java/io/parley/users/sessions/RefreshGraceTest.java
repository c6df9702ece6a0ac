package io.parley.users.sessions;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.PasswordChange;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens that come twice within the grace. Two verticles that share nothing but their settings take turns. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class RefreshGraceTest {
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ofSeconds(60), Duration.ofMinutes(10));

    private final Bus bus;
    private final Database database;

    RefreshGraceTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        for (int node = 0; node < 2; node++) {
            var instances = UsersVerticle.instances(
                    vertx,
                    bus,
                    database,
                    UsersSettings.open(CheapPasswords.settings(1, 30), keys, SETTINGS, LimitSettings.NONE));
            Answers.of(vertx.deployVerticle(instances.get()));
        }
    }

    @Test
    void answersTwoTabsWithTheSameToken() {
        var ada = register("tabs");

        var tabs = Stream.generate(() -> refresh(ada)).limit(4).toList();
        Answers.of(Future.all(tabs));

        assertThat(tabs).allSatisfy(tab -> {
            assertThat(tab.result().refreshToken())
                    .isEqualTo(tabs.get(0).result().refreshToken())
                    .isNotEqualTo(ada.refreshToken());
            assertThat(tab.result().sessionId()).isEqualTo(ada.sessionId());
            assertThat(tab.result().user()).isEqualTo(ada.user());
        });
        assertThat(liveTokens(ada)).isOne();
    }

    @Test
    void answersATabThatComesLater() {
        var ada = register("later");
        var first = Answers.of(refresh(ada));

        assertThat(Stream.generate(() -> Answers.of(refresh(ada))).limit(3))
                .allSatisfy(later -> assertThat(later.refreshToken()).isEqualTo(first.refreshToken()));
    }

    @Test
    void continuesForMoreThanOneRotation() {
        var ada = register("rotations");
        var first = Answers.of(refresh(ada));
        var second = Answers.of(refresh(first));

        assertThat(Answers.of(refresh(first)).refreshToken()).isEqualTo(second.refreshToken());
        assertThat(second.refreshToken()).isNotIn(first.refreshToken(), ada.refreshToken());
    }

    @Test
    void endsTheSessionIfTheSuccessorHasBeenUsed() {
        var ada = register("successor");
        var first = Answers.of(refresh(ada));
        var second = Answers.of(refresh(first));

        for (var token : List.of(ada, first, second)) refused(token);
        assertThat(liveTokens(ada)).isZero();
    }

    @Test
    void endsTheSessionAfterTheGrace() {
        var ada = register("late");
        var first = Answers.of(refresh(ada));
        run("UPDATE sessions SET grace_until = now() WHERE user_id = #{user_id} AND grace_until IS NOT NULL", ada);

        refused(ada);
        refused(first);
    }

    @Test
    void needsAnotherSignInAfterAYear() {
        var ada = register("year");
        run("UPDATE sessions SET signed_in_at = now() - interval '364 days' WHERE user_id = #{user_id}", ada);
        var last = Answers.of(refresh(ada));

        assertThat(run("""
                SELECT FROM sessions
                 WHERE user_id = #{user_id} AND revoked_at IS NULL AND expires_at = signed_in_at + interval '1 year'
                """, ada)).isOne();
        run(
                "UPDATE sessions SET signed_in_at = signed_in_at - interval '1 day',"
                        + " expires_at = expires_at - interval '1 day' WHERE user_id = #{user_id}",
                ada);
        refused(last);
    }

    @Test
    void saysWhenTheGraceEnds() {
        var ada = register("when");
        Answers.of(refresh(ada));

        assertThat(run("""
                SELECT FROM sessions
                 WHERE user_id = #{user_id} AND grace_until = revoked_at + interval '60 seconds'
                """, ada)).isOne();
    }

    @Test
    void endsWithALogout() {
        var ada = register("logout");
        var first = Answers.of(refresh(ada));
        Answers.of(bus.ask(Sessions.LOGOUT, new Sessions.Logout(first.refreshToken(), Origin.LOCAL.client())));

        refused(ada);
        refused(first);
    }

    @Test
    void letsTheSpentTokenLogOut() {
        var ada = register("spent-logout");
        var first = Answers.of(refresh(ada));

        var ended =
                Answers.of(bus.ask(Sessions.LOGOUT, new Sessions.Logout(ada.refreshToken(), Origin.LOCAL.client())));

        assertThat(ended.ids()).containsExactly(ada.sessionId());
        refused(first);
    }

    @Test
    void endsWithAChangeOfThePasswordAlsoInTheSessionThatStays() {
        var ada = register("password");
        Answers.of(refresh(ada));
        var change = new PasswordChange(PASSWORD, new Secret("as the loom weaves flowers"));
        Answers.of(
                bus.ask(Users.CHANGE_PASSWORD, new Users.ChangePassword(caller(ada), ada.sessionId(), change, CLIENT)));

        refused(ada);
    }

    @Test
    void staysUsableWithTheSuccessorAfterAChangeOfThePassword() {
        var ada = register("password-successor");
        var first = Answers.of(refresh(ada));
        var change = new PasswordChange(PASSWORD, new Secret("as the loom weaves flowers"));
        Answers.of(
                bus.ask(Users.CHANGE_PASSWORD, new Users.ChangePassword(caller(ada), ada.sessionId(), change, CLIENT)));

        assertThat(Answers.of(refresh(first)).sessionId()).isEqualTo(ada.sessionId());
    }

    @Test
    void endsWithADeactivation() {
        var ada = register("deactivated");
        var first = Answers.of(refresh(ada));
        run("UPDATE users SET is_active = false WHERE id = #{user_id}", ada);

        refused(ada);
        refused(first);
    }

    @Test
    void endsWithTheEndOfTheSession() {
        var ada = register("ended");
        var first = Answers.of(refresh(ada));
        Answers.of(bus.ask(Sessions.END, new Sessions.End(caller(ada), ada.sessionId(), Origin.LOCAL.client())));

        refused(ada);
        refused(first);
    }

    private SignedIn register(String name) {
        var registration = new Registration(name + "@example.org", PASSWORD, null, null);
        return Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));
    }

    private Future<SignedIn> refresh(SignedIn signedIn) {
        return bus.ask(Sessions.REFRESH, new Sessions.Refresh(signedIn.refreshToken(), CLIENT));
    }

    private void refused(SignedIn signedIn) {
        assertThat(problemOf(refresh(signedIn)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    private int liveTokens(SignedIn signedIn) {
        return run("""
                SELECT FROM sessions s
                 WHERE s.user_id = #{user_id} AND s.revoked_at IS NULL
                   AND NOT EXISTS (SELECT FROM ended_sessions e
                                    WHERE e.user_id = #{user_id} AND e.session_id = s.family_id)
                """, signedIn);
    }

    private int run(String sql, SignedIn signedIn) {
        return Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("user_id", signedIn.user().id())));
    }

    private static Caller caller(SignedIn signedIn) {
        return new Caller(signedIn.user().id(), signedIn.user().role());
    }
}
