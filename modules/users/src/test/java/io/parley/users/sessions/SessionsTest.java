package io.parley.users.sessions;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.UsersScene.CLIENT;
import static io.parley.users.UsersScene.OTHER_PASSWORD;
import static io.parley.users.UsersScene.PASSWORD;
import static io.parley.users.UsersScene.caller;
import static io.parley.users.UsersScene.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersScene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and their refresh tokens, without a grace. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SessionsTest {
    private static final BlockingQueue<UUID> announced = new LinkedBlockingQueue<>();

    private final Bus bus;
    private final Database database;
    private final UsersScene people;

    SessionsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
        this.people = new UsersScene(bus);
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
    }

    @Test
    void showsTheClientOfASession() {
        var registered = people.register("where@example.org");

        assertThat(people.sessions(registered))
                .singleElement()
                .returns(registered.sessionId(), Session::id)
                .returns("curl/8", Session::userAgent)
                .returns("127.0.0.1", Session::ip)
                .returns(true, Session::current);
    }

    @Test
    void knowsLiveSessionsOfTheirUserOnly() {
        var ada = people.register("session-ada@example.org");
        var grace = people.register("session-grace@example.org");

        assertThat(check(caller(ada), ada.sessionId()).succeeded()).isTrue();
        Answers.of(people.refresh(ada.refreshToken()));
        assertThat(check(caller(ada), ada.sessionId()).succeeded()).isTrue();
        assertThat(problemOf(check(caller(grace), ada.sessionId())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(check(caller(ada), UUID.randomUUID())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(bus.ask(Sessions.END, new Sessions.End(caller(ada), ada.sessionId(), Origin.LOCAL.client())));
        assertThat(problemOf(check(caller(ada), ada.sessionId())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    private Future<None> check(Caller caller, UUID session) {
        var checked = bus.ask(Sessions.CHECK, new Sessions.Check(caller, session));
        Answers.of(checked.otherwiseEmpty());
        return checked;
    }

    @Test
    void logsOutPermanently() throws InterruptedException {
        var registered = people.register("logout@example.org");

        var ended = Answers.of(
                bus.ask(Sessions.LOGOUT, new Sessions.Logout(registered.refreshToken(), Origin.LOCAL.client())));

        assertThat(ended.ids()).containsExactly(registered.sessionId());
        assertThat(isAnnounced(registered.sessionId())).isTrue();
        assertThat(Answers.of(bus.ask(
                                Sessions.LOGOUT, new Sessions.Logout(registered.refreshToken(), Origin.LOCAL.client())))
                        .ids())
                .isEmpty();
        assertThat(Answers.of(bus.ask(
                                Sessions.LOGOUT, new Sessions.Logout(new Secret("unknown"), Origin.LOCAL.client())))
                        .ids())
                .isEmpty();
        assertThat(problemOf(people.refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    // An announcement may arrive after the answer.
    private static boolean isAnnounced(UUID sessionId) throws InterruptedException {
        UUID ended;
        do ended = announced.poll(5, TimeUnit.SECONDS);
        while (ended != null && !ended.equals(sessionId));
        return ended != null;
    }

    @Test
    void refusesToEndAnotherUsersSession() {
        var victim = people.register("victim@example.org");
        var other = people.register("other@example.org");

        assertThat(problemOf(bus.ask(
                                Sessions.END,
                                new Sessions.End(caller(other), victim.sessionId(), Origin.LOCAL.client())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(
                                Sessions.END,
                                new Sessions.End(caller(other), UUID.randomUUID(), Origin.LOCAL.client())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);

        assertThat(Answers.of(bus.ask(
                                Sessions.END,
                                new Sessions.End(caller(victim), victim.sessionId(), Origin.LOCAL.client())))
                        .ids())
                .containsExactly(victim.sessionId());
        assertThat(problemOf(bus.ask(
                                Sessions.END,
                                new Sessions.End(caller(victim), victim.sessionId(), Origin.LOCAL.client())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void endsOtherSessionsWhenThePasswordChanges() {
        var kept = people.register("change@example.org");
        var other = people.login("change@example.org", PASSWORD);

        var ended = Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(kept), kept.sessionId(), new Users.PasswordChange(PASSWORD, OTHER_PASSWORD), CLIENT)));

        assertThat(ended.ids()).containsExactly(other.sessionId());
        assertThat(people.sessions(kept)).extracting(Session::id).containsExactly(kept.sessionId());
        assertThat(problemOf(people.refresh(other.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("change@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(people.login("change@example.org", OTHER_PASSWORD).sessionId())
                .isNotNull();
        assertThat(Answers.of(people.refresh(kept.refreshToken())).sessionId()).isEqualTo(kept.sessionId());
    }

    @Test
    void rotatesRefreshTokensWithinOneSession() {
        var first = people.register("rotate@example.org");

        var second = Answers.of(people.refresh(first.refreshToken()));

        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.user()).isEqualTo(first.user());
        assertThat(people.sessions(first)).hasSize(1);
    }

    @Test
    void endsTheSessionOfAReusedRefreshToken() {
        var first = people.register("reuse@example.org");
        var second = Answers.of(people.refresh(first.refreshToken()));

        assertThat(problemOf(people.refresh(first.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(problemOf(people.refresh(second.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(people.sessions(first)).isEmpty();
        assertThat(people.recentlyEnded()).contains(first.sessionId());
    }

    @Test
    void allowsAtMostOneOfTwoRefreshesAtOnce() {
        var registered = people.register("twice@example.org");
        var both = List.of(people.refresh(registered.refreshToken()), people.refresh(registered.refreshToken()));

        Answers.of(Future.join(both).otherwiseEmpty());

        assertThat(both.stream().filter(Future::succeeded)).hasSizeLessThanOrEqualTo(1);
        assertThat(people.recentlyEnded()).contains(registered.sessionId());
    }

    @Test
    void refusesAnExpiredRefreshToken() {
        var registered = people.register("expired@example.org");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE sessions SET expires_at = now() WHERE user_id = #{id}")
                .run(Parameters.of("id", registered.user().id())));

        assertThat(problemOf(people.refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }
}
