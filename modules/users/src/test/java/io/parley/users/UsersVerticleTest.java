package io.parley.users;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Credentials;
import io.parley.contracts.users.Users.Registration;
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
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class UsersVerticleTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret OTHER_PASSWORD = new Secret("Tr0ub4dor&3 and more");
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final SessionSettings SESSION_SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));
    private static final BlockingQueue<UUID> announced = new LinkedBlockingQueue<>();

    private final Bus bus;
    private final Database database;

    UsersVerticleTest(Bus bus, Database database) {
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
                UsersSettings.open(new PasswordSettings(1, 3, 8), keys, SESSION_SETTINGS, LimitSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        Answers.of(bus.ask(Users.LOGIN, credentials("nobody@example.org", PASSWORD))
                .otherwiseEmpty());
    }

    @Test
    void registersAndSignsIn() {
        var registered = register("Hopper@Example.org");

        assertThat(registered.user())
                .returns("hopper@example.org", User::email)
                .returns(Caller.Role.USER, User::role)
                .returns(false, User::isSuperuser)
                .returns(true, User::isActive)
                .returns(Theme.SYSTEM, User::theme);
        assertThat(login("HOPPER@example.ORG", PASSWORD).user()).isEqualTo(registered.user());
    }

    @Test
    void storesNoPasswordAndNoTokenInPlainText() {
        var registered = register("clear@example.org");

        var hash = Answers.of(OwnerDatabase.of(database)
                .query("SELECT password_hash FROM users WHERE id = #{id}", row -> row.getString("password_hash"))
                .only(Parameters.of("id", registered.user().id())));
        var tokens = Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT encode(token_hash, 'escape') AS token FROM sessions WHERE user_id = #{id}",
                        row -> row.getString("token"))
                .list(Parameters.of("id", registered.user().id())));

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD.value());
        assertThat(tokens)
                .hasSize(1)
                .noneMatch(token -> token.contains(registered.refreshToken().value()));
    }

    @Test
    void refusesATakenAddress() {
        register("taken@example.org");

        var problem = problemOf(bus.ask(Users.REGISTER, registration("Taken@example.org", PASSWORD)));

        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/email");
    }

    @Test
    void refusesPasswordsThatAreEasyToGuess() {
        for (var password :
                List.of("Password123", "aaaaaaaa", "weak@example.org", "\uff50assword1", "Grace Hopper 1")) {
            var grace = new Registration("weak@example.org", new Secret(password), "Grace Hopper", null);
            var problem = problemOf(bus.ask(Users.REGISTER, new Users.Register(grace, CLIENT)));

            assertThat(problem.kind()).isEqualTo(Kind.INVALID);
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/password");
        }
    }

    @Test
    void refusesNewPasswordsThatAreEasyToGuess() {
        var registered = register("weaker@analytical.example.org");
        for (var password : List.of("Password123", "abcdefgh", "analytical1815")) {
            var change = new Users.PasswordChange(PASSWORD, new Secret(password));
            var problem = problemOf(bus.ask(
                    Users.CHANGE_PASSWORD,
                    new Users.ChangePassword(caller(registered), registered.sessionId(), change, CLIENT)));

            assertThat(problem.kind()).isEqualTo(Kind.INVALID);
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/new_password");
        }
    }

    @Test
    void letsOwnersOfOldPasswordsAndAddressesIn() {
        var registered = register("older@example.org");
        var hash = com.password4j.Argon2Function.getInstance(19 * 1024, 2, 1, 32, com.password4j.types.Argon2.ID)
                .hash("password")
                .getResult();
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET password_hash = #{hash}, email = 'a@x..org' WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id()).and("hash", hash)));

        assertThat(login("a@x..org", new Secret("password")).user().email()).isEqualTo("a@x..org");
        assertThat(login("a@x..org", new Secret("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44"))
                        .sessionId())
                .isNotNull();
    }

    @Test
    void knowsLiveSessionsOfTheirUserOnly() {
        var ada = register("session-ada@example.org");
        var grace = register("session-grace@example.org");

        assertThat(check(caller(ada), ada.sessionId()).succeeded()).isTrue();
        Answers.of(refresh(ada.refreshToken()));
        assertThat(check(caller(ada), ada.sessionId()).succeeded()).isTrue();
        assertThat(problemOf(check(caller(grace), ada.sessionId())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(check(caller(ada), UUID.randomUUID())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(bus.ask(Sessions.END, new Sessions.End(caller(ada), ada.sessionId(), Origin.LOCAL.client())));
        assertThat(problemOf(check(caller(ada), ada.sessionId())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void givesTheSameAnswerForAWrongPasswordAndAnUnknownAddress() {
        register("known@example.org");

        var wrong = problemOf(bus.ask(Users.LOGIN, credentials("known@example.org", OTHER_PASSWORD)));
        var unknown = problemOf(bus.ask(Users.LOGIN, credentials("unknown@example.org", PASSWORD)));

        assertThat(wrong.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(unknown.kind()).isEqualTo(wrong.kind());
        assertThat(unknown.detail()).isEqualTo(wrong.detail());
    }

    @Test
    void acceptsAPasswordHoweverItsCharactersAreEncoded() {
        Answers.of(bus.ask(Users.REGISTER, registration("compose@example.org", new Secret("cafe\u0301 au lait"))));

        assertThat(login("compose@example.org", new Secret("caf\u00e9 au lait")).sessionId())
                .isNotNull();
    }

    @Test
    void refusesDeactivatedAccounts() {
        var registered = register("inactive@example.org");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET is_active = false WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id())));

        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("inactive@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void rehashesWithTheCurrentParameters() {
        var registered = register("outdated@example.org");
        var outdated = com.password4j.Argon2Function.getInstance(8 * 1024, 1, 1, 32, com.password4j.types.Argon2.ID)
                .hash(PASSWORD.value())
                .getResult();
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET password_hash = #{hash} WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id()).and("hash", outdated)));

        login("outdated@example.org", PASSWORD);

        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query(
                                "SELECT password_hash FROM users WHERE id = #{id}",
                                row -> row.getString("password_hash"))
                        .only(Parameters.of("id", registered.user().id()))))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(login("outdated@example.org", PASSWORD).sessionId()).isNotNull();
    }

    @Test
    void refusesToHashMorePasswordsThanMayWait() {
        var burst = Stream.generate(() -> bus.ask(Users.LOGIN, credentials("nobody@example.org", PASSWORD)))
                .limit(20)
                .toList();

        Answers.of(Future.join(burst).otherwiseEmpty());

        assertThat(burst.stream().map(login -> ((Problem) login.cause()).kind()))
                .contains(Kind.OVERLOADED, Kind.UNAUTHENTICATED)
                .containsOnly(Kind.OVERLOADED, Kind.UNAUTHENTICATED);
    }

    @Test
    void rotatesRefreshTokensWithinOneSession() {
        var first = register("rotate@example.org");

        var second = Answers.of(refresh(first.refreshToken()));

        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.user()).isEqualTo(first.user());
        assertThat(sessions(first)).hasSize(1);
    }

    @Test
    void endsTheSessionOfAReusedRefreshToken() {
        var first = register("reuse@example.org");
        var second = Answers.of(refresh(first.refreshToken()));

        assertThat(problemOf(refresh(first.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(problemOf(refresh(second.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(sessions(first)).isEmpty();
        assertThat(recentlyEnded()).contains(first.sessionId());
    }

    @Test
    void allowsAtMostOneOfTwoRefreshesAtOnce() {
        var registered = register("twice@example.org");
        var both = List.of(refresh(registered.refreshToken()), refresh(registered.refreshToken()));

        Answers.of(Future.join(both).otherwiseEmpty());

        assertThat(both.stream().filter(Future::succeeded)).hasSizeLessThanOrEqualTo(1);
        assertThat(recentlyEnded()).contains(registered.sessionId());
    }

    @Test
    void refusesAnExpiredRefreshToken() {
        var registered = register("expired@example.org");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE sessions SET expires_at = now() WHERE user_id = #{id}")
                .run(Parameters.of("id", registered.user().id())));

        assertThat(problemOf(refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    // An announcement may arrive after the answer.
    private static boolean isAnnounced(UUID sessionId) throws InterruptedException {
        UUID ended;
        do ended = announced.poll(5, TimeUnit.SECONDS);
        while (ended != null && !ended.equals(sessionId));
        return ended != null;
    }

    @Test
    void logsOutPermanently() throws InterruptedException {
        var registered = register("logout@example.org");

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
        assertThat(problemOf(refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void endsOtherSessionsWhenThePasswordChanges() {
        var kept = register("change@example.org");
        var other = login("change@example.org", PASSWORD);

        var ended = Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(kept), kept.sessionId(), new Users.PasswordChange(PASSWORD, OTHER_PASSWORD), CLIENT)));

        assertThat(ended.ids()).containsExactly(other.sessionId());
        assertThat(sessions(kept)).extracting(Session::id).containsExactly(kept.sessionId());
        assertThat(problemOf(refresh(other.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("change@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(login("change@example.org", OTHER_PASSWORD).sessionId()).isNotNull();
        assertThat(Answers.of(refresh(kept.refreshToken())).sessionId()).isEqualTo(kept.sessionId());
    }

    @Test
    void requiresTheCurrentPasswordForANewOne() {
        var registered = register("guess@example.org");

        var problem = problemOf(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(registered),
                        registered.sessionId(),
                        new Users.PasswordChange(OTHER_PASSWORD, new Secret("whatever it may be")),
                        CLIENT)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/current_password");
    }

    @Test
    void showsTheClientOfASession() {
        var registered = register("where@example.org");

        assertThat(sessions(registered))
                .singleElement()
                .returns(registered.sessionId(), Session::id)
                .returns("curl/8", Session::userAgent)
                .returns("127.0.0.1", Session::ip)
                .returns(true, Session::current);
    }

    @Test
    void refusesToEndAnotherUsersSession() {
        var victim = register("victim@example.org");
        var other = register("other@example.org");

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
    void changesOnlyTheFieldsOfAPatch() {
        var registered = register("patch@example.org");
        var caller = caller(registered);

        var changed = Answers.of(bus.ask(
                Users.UPDATE,
                new Users.Update(
                        caller,
                        registered.sessionId(),
                        Versions.of(registered.user().updatedAt()),
                        new Users.UserPatch(
                                Patch.to("Ada"),
                                Patch.to(Theme.DARK),
                                Patch.to("Patched@example.org"),
                                Patch.to("Europe/Berlin"),
                                null),
                        CLIENT)));

        assertThat(changed)
                .returns("Ada", User::name)
                .returns(Theme.DARK, User::theme)
                .returns("patched@example.org", User::email)
                .returns("Europe/Berlin", User::timeZone);
        assertThat(Answers.of(bus.ask(Users.FIND, new Users.Find(caller)))).isEqualTo(changed);
        var stale = new Users.Update(
                caller,
                registered.sessionId(),
                Versions.of(registered.user().updatedAt()),
                new Users.UserPatch(Patch.to(null), Patch.absent(), Patch.absent(), Patch.absent(), null),
                CLIENT);
        assertThat(problemOf(bus.ask(Users.UPDATE, stale)).kind()).isEqualTo(Kind.STALE);
    }

    @Test
    void keepsTheTimeZoneOfARegistration() {
        var registration = new Registration("zone@example.org", PASSWORD, null, "Asia/Tokyo");

        var registered = Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));

        assertThat(registered.user().timeZone()).isEqualTo("Asia/Tokyo");
        assertThat(register("no-zone@example.org").user().timeZone()).isEqualTo("UTC");
        var reset = new Users.UserPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(null), null);
        assertThat(Answers.of(bus.ask(
                        Users.UPDATE,
                        new Users.Update(caller(registered), registered.sessionId(), Versions.ANY, reset, CLIENT))))
                .returns("UTC", User::timeZone);
    }

    @Test
    void deletesAnAccountCompletely() {
        var registered = register("gone@example.org");
        var caller = caller(registered);

        assertThat(problemOf(bus.ask(
                                Users.DELETE,
                                new Users.Delete(caller, registered.sessionId(), Versions.of(), null, CLIENT)))
                        .kind())
                .isEqualTo(Kind.STALE);
        var ended = Answers.of(
                bus.ask(Users.DELETE, new Users.Delete(caller, registered.sessionId(), Versions.ANY, null, CLIENT)));

        assertThat(ended.ids()).containsExactly(registered.sessionId());
        assertThat(recentlyEnded()).contains(registered.sessionId());
        assertThat(problemOf(bus.ask(Users.FIND, new Users.Find(caller))).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("gone@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT id FROM sessions WHERE user_id = #{id}", row -> row.getUUID("id"))
                        .list(Parameters.of("id", caller.userId()))))
                .isEmpty();
        assertThat(register("gone@example.org").user().id()).isNotEqualTo(caller.userId());
    }

    private SignedIn register(String email) {
        return Answers.of(bus.ask(Users.REGISTER, registration(email, PASSWORD)));
    }

    private SignedIn login(String email, Secret password) {
        return Answers.of(bus.ask(Users.LOGIN, credentials(email, password)).map(Users.LoggedIn::session));
    }

    private Future<SignedIn> refresh(Secret token) {
        return bus.ask(Sessions.REFRESH, new Sessions.Refresh(token, CLIENT));
    }

    private List<Session> sessions(SignedIn signedIn) {
        return Answers.of(bus.ask(Sessions.LIST, new Sessions.ListLive(caller(signedIn), signedIn.sessionId())))
                .items();
    }

    private Future<None> check(Caller caller, UUID session) {
        var checked = bus.ask(Sessions.CHECK, new Sessions.Check(caller, session));
        Answers.of(checked.otherwiseEmpty());
        return checked;
    }

    private List<UUID> recentlyEnded() {
        return Answers.of(bus.ask(Sessions.RECENTLY_ENDED, new Sessions.Recent(Duration.ofMinutes(15))))
                .ids();
    }

    private static Caller caller(SignedIn signedIn) {
        return new Caller(signedIn.user().id(), signedIn.user().role());
    }

    private static Users.Register registration(String email, Secret password) {
        return new Users.Register(new Registration(email, password, null, null), CLIENT);
    }

    private static Users.Login credentials(String email, Secret password) {
        return new Users.Login(new Credentials(email, password), CLIENT);
    }
}
