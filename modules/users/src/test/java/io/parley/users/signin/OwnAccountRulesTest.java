package io.parley.users.signin;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
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
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class OwnAccountRulesTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret WRONG = new Secret("Tr0ub4dor&3 and more");
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ofSeconds(10), Duration.ofMinutes(10));

    private final Bus bus;
    private final Database database;

    OwnAccountRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                UsersSettings.open(CheapPasswords.settings(1, 30), keys, SETTINGS, LimitSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, CLIENT)).otherwiseEmpty());
    }

    @Test
    void askForTheSignInAgainAfterAWhile() {
        var ada = register("while@example.org");
        Answers.of(changeEmail(ada, ada.sessionId(), "while2@example.org", null));

        age(ada, Duration.ofMinutes(11));

        assertNotRecent(changeEmail(ada, ada.sessionId(), "while3@example.org", null));
        assertNotRecent(delete(ada, ada.sessionId(), null));
        assertThat(Answers.of(bus.ask(Users.FIND, new Users.Find(caller(ada)))).email())
                .isEqualTo("while2@example.org");
    }

    @Test
    void askOnlyForSensitiveChanges() {
        var ada = register("name@example.org");
        age(ada, Duration.ofDays(3));

        var named = new Users.UserPatch(Patch.to("Ada"), Patch.absent(), Patch.absent(), Patch.absent(), null);

        assertThat(Answers.of(bus.ask(
                                Users.UPDATE,
                                new Users.Update(caller(ada), ada.sessionId(), Versions.ANY, named, CLIENT)))
                        .name())
                .isEqualTo("Ada");
    }

    @Test
    void acceptTheCurrentPasswordInstead() {
        var ada = register("instead@example.org");
        age(ada, Duration.ofDays(3));

        var changed = Answers.of(changeEmail(ada, ada.sessionId(), "instead2@example.org", PASSWORD));

        assertThat(changed.email()).isEqualTo("instead2@example.org");
        assertNotRecent(delete(ada, ada.sessionId(), null));
        assertThat(Answers.of(delete(ada, ada.sessionId(), PASSWORD)).ids()).containsExactly(ada.sessionId());
    }

    @Test
    void refuseAWrongPasswordEvenAfterARecentSignIn() {
        var ada = register("wrong@example.org");

        assertWrongPassword(changeEmail(ada, ada.sessionId(), "wrong2@example.org", WRONG));
        assertWrongPassword(delete(ada, ada.sessionId(), WRONG));
        assertWrongPassword(confirm(ada, ada.sessionId(), WRONG));
    }

    @Test
    void countNoRefreshAsASignIn() {
        var ada = register("refreshed@example.org");
        age(ada, Duration.ofMinutes(11));

        var refreshed = refresh(refresh(ada));

        assertThat(refreshed.sessionId()).isEqualTo(ada.sessionId());
        assertNotRecent(delete(ada, ada.sessionId(), null));
    }

    @Test
    void keepASignInOverARefresh() {
        var ada = register("kept@example.org");

        refresh(ada);

        assertThat(Answers.of(delete(ada, ada.sessionId(), null)).ids()).containsExactly(ada.sessionId());
    }

    @Test
    void makeOneSessionRecentByThePassword() {
        var ada = register("confirmed@example.org");
        var other = login("confirmed@example.org");
        age(ada, Duration.ofDays(3));

        Answers.of(confirm(ada, ada.sessionId(), PASSWORD));
        refresh(ada);

        assertNotRecent(delete(ada, other.sessionId(), null));
        assertThat(Answers.of(delete(ada, ada.sessionId(), null)).ids()).hasSize(2);
    }

    @Test
    void makeNoEndedSessionRecent() {
        var ada = register("ended@example.org");
        Answers.of(bus.ask(Sessions.END, new Sessions.End(caller(ada), ada.sessionId(), Origin.LOCAL.client())));

        assertThat(problemOf(confirm(ada, ada.sessionId(), PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertNotRecent(delete(ada, ada.sessionId(), null));
    }

    @Test
    void trustNoSessionOfAnotherUser() {
        var ada = register("owner@example.org");
        var grace = register("stranger@example.org");

        assertNotRecent(delete(ada, grace.sessionId(), null));
    }

    private SignedIn register(String email) {
        var registration = new Users.Registration(email, PASSWORD, null, null);
        return Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));
    }

    private SignedIn login(String email) {
        return Answers.of(bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT))
                .map(Users.LoggedIn::session));
    }

    private SignedIn refresh(SignedIn session) {
        return Answers.of(bus.ask(Sessions.REFRESH, new Sessions.Refresh(session.refreshToken(), CLIENT)));
    }

    // All sessions of the user signed in so long ago.
    private void age(SignedIn session, Duration age) {
        Answers.of(OwnerDatabase.of(database)
                .query("""
                        UPDATE sessions SET signed_in_at = now() - make_interval(secs => #{seconds}) WHERE user_id = #{id}
                        """)
                .run(Parameters.of("id", session.user().id()).and("seconds", (double) age.toSeconds())));
    }

    private Future<User> changeEmail(SignedIn user, UUID session, String email, @Nullable Secret password) {
        var patch = new Users.UserPatch(Patch.absent(), Patch.absent(), Patch.to(email), Patch.absent(), password);
        return bus.ask(Users.UPDATE, new Users.Update(caller(user), session, Versions.ANY, patch, CLIENT));
    }

    private Future<Sessions.Ended> delete(SignedIn user, UUID session, @Nullable Secret password) {
        return bus.ask(Users.DELETE, new Users.Delete(caller(user), session, Versions.ANY, password, CLIENT));
    }

    private Future<None> confirm(SignedIn user, UUID session, Secret password) {
        return bus.ask(Users.CONFIRM, new Users.Confirm(caller(user), session, password, CLIENT));
    }

    private static void assertNotRecent(Future<?> change) {
        assertThat(problemOf(change).kind()).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
    }

    private static void assertWrongPassword(Future<?> change) {
        assertThat(problemOf(change).faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/current_password");
    }

    private static Caller caller(SignedIn signedIn) {
        return new Caller(signedIn.user().id(), signedIn.user().role());
    }
}
