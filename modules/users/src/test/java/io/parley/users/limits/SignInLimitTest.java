package io.parley.users.limits;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Rates;
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
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class SignInLimitTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret WRONG = new Secret("Tr0ub4dor&3 and more");
    private static final Client HOME = new Client("curl/8", "192.0.2.1");
    private static final Client MALLORY = new Client("curl/8", "203.0.113.1");
    private static final Client MALLORYS_FRIEND = new Client("curl/8", "203.0.113.2");
    private static final Client UNSEEN = new Client("curl/8", "198.51.100.7");
    private static final SessionSettings SESSIONS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ofSeconds(10), Duration.ofMinutes(10));
    private static final LimitSettings LIMITS =
            new LimitSettings(Rates.parse("3/m,5/d"), Rates.parse("3/15m"), Rates.parse("5/10m"));

    private final Bus bus;
    private final Database database;

    SignInLimitTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx, bus, database, UsersSettings.open(CheapPasswords.settings(2, 100), keys, SESSIONS, LIMITS));
        // Two, as on two nodes: what they share is the database.
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(vertx.deployVerticle(instances.get()));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, HOME)).otherwiseEmpty());
    }

    @BeforeEach
    void empty() {
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM rate_buckets").run(Parameters.none()));
    }

    @Test
    void refusesFurtherPasswordsForAnAccountWhetherItExistsOrNot() {
        register("guessed@example.org");
        for (var email : List.of("guessed@example.org", "no-guessed@example.org")) {
            for (int attempt = 0; attempt < 3; attempt++) assertWrong(login(email, WRONG, MALLORY));
            empty(MALLORY);

            var limited = problemOf(login(email, WRONG, MALLORYS_FRIEND));

            assertThat(limited.kind()).isEqualTo(Kind.LIMITED);
            assertThat(limited.excess().orElseThrow().policies()).containsExactly("sign-in");
            assertThat(limited.excess().orElseThrow().retryAfterSeconds()).isBetween(290L, 300L);
            assertLimited(login(email.toUpperCase(Locale.ROOT), PASSWORD, MALLORYS_FRIEND));
        }
    }

    @Test
    void takesNoTokenForAnAttemptThatIsRefused() {
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("refused@example.org", WRONG, MALLORY));
        for (int attempt = 0; attempt < 10; attempt++) assertLimited(login("refused@example.org", WRONG, MALLORY));

        // Five from an address less the three.
        assertWrong(login("refused1@example.org", WRONG, MALLORY));
        assertWrong(login("refused2@example.org", WRONG, MALLORY));
        assertLimited(login("refused3@example.org", WRONG, MALLORY));
    }

    @Test
    void letsTheOwnerInWhileStrangersGuess() {
        register("owner@example.org");
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("owner@example.org", WRONG, MALLORY));
        assertLimited(login("owner@example.org", PASSWORD, UNSEEN));

        assertWrong(login("owner@example.org", WRONG, HOME));
        assertThat(Answers.of(login("owner@example.org", PASSWORD, HOME))).isNotNull();
        assertLimited(login("owner@example.org", PASSWORD, MALLORYS_FRIEND));
    }

    @Test
    void limitsAKnownAddressAsWell() {
        register("known@example.org");
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("known@example.org", WRONG, HOME));

        assertLimited(login("known@example.org", PASSWORD, HOME));
        assertThat(Answers.of(login("known@example.org", PASSWORD, UNSEEN))).isNotNull();
    }

    @Test
    void forgetsAnAddressAfterThirtyDays() {
        register("forgotten@example.org");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE known_addresses SET known_until = now()")
                .run(Parameters.none()));
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("forgotten@example.org", WRONG, MALLORY));

        assertLimited(login("forgotten@example.org", PASSWORD, HOME));
    }

    @Test
    void refillsTheAccountAndGivesTheTokenOfTheAddressBackAfterASuccess() {
        register("success@example.org");
        for (int round = 0; round < 2; round++) {
            assertWrong(login("success@example.org", WRONG, HOME));
            assertWrong(login("success@example.org", WRONG, HOME));
            assertThat(Answers.of(login("success@example.org", PASSWORD, HOME))).isNotNull();
        }

        // Four wrong ones came from the address, two of them since the account's bucket was full.
        assertWrong(login("success@example.org", WRONG, HOME));
        assertLimited(login("success2@example.org", WRONG, HOME));
    }

    @Test
    void limitsAnAddressOverAllAccounts() {
        for (int account = 0; account < 5; account++) assertWrong(login(account + "@example.org", WRONG, MALLORY));

        assertLimited(login("5@example.org", WRONG, MALLORY));
        assertWrong(login("5@example.org", WRONG, MALLORYS_FRIEND));
    }

    @Test
    void countsTheAddressesOfAnIpv6NetworkTogether() {
        for (int host = 0; host < 5; host++)
            assertWrong(login(host + "@example.org", WRONG, new Client(null, "2001:db8:0:1::" + host)));

        assertLimited(login("5@example.org", WRONG, new Client(null, "2001:db8:0:1:ffff::5")));
        assertWrong(login("5@example.org", WRONG, new Client(null, "2001:db8:0:2::5")));
    }

    @Test
    void countsAttemptsAtTheSameTime() {
        var attempts = IntStream.range(0, 30)
                .mapToObj(each -> login("same-time@example.org", WRONG, new Client(null, "198.51.100." + each)))
                .toList();

        Answers.of(Future.join(attempts).otherwiseEmpty());

        assertThat(attempts.stream().map(attempt -> ((Problem) attempt.cause()).kind()))
                .containsOnly(Kind.UNAUTHENTICATED, Kind.LIMITED)
                .filteredOn(Kind.UNAUTHENTICATED::equals)
                .hasSize(3);
    }

    @Test
    void countsWrongCurrentPasswords() {
        var ada = register("current@example.org");
        var caller = new Caller(ada.user().id(), ada.user().role());
        var patch = new Users.UserPatch(
                Patch.absent(), Patch.absent(), Patch.to("mine@example.org"), Patch.absent(), WRONG);
        var change = new Users.PasswordChange(WRONG, new Secret("as the loom weaves flowers"));
        var session = ada.sessionId();
        Stream.of(
                        bus.ask(Users.CHANGE_PASSWORD, new Users.ChangePassword(caller, session, change, MALLORY)),
                        bus.ask(Users.UPDATE, new Users.Update(caller, session, Versions.ANY, patch, MALLORY)),
                        bus.ask(Users.DELETE, new Users.Delete(caller, session, Versions.ANY, WRONG, MALLORY)))
                .forEach(attempt -> assertThat(problemOf(attempt).kind()).isEqualTo(Kind.INVALID));

        assertLimited(bus.ask(Users.CONFIRM, new Users.Confirm(caller, session, PASSWORD, MALLORY)));
        assertLimited(login("current@example.org", PASSWORD, UNSEEN));
        assertThat(Answers.of(bus.ask(Users.CONFIRM, new Users.Confirm(caller, session, PASSWORD, HOME))))
                .isNotNull();
    }

    @Test
    void leavesSessionsOpen() {
        var ada = register("open@example.org");
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("open@example.org", WRONG, HOME));
        assertLimited(login("open@example.org", PASSWORD, HOME));

        assertThat(Answers.of(bus.ask(Sessions.REFRESH, new Sessions.Refresh(ada.refreshToken(), HOME)))
                        .sessionId())
                .isEqualTo(ada.sessionId());
    }

    @Test
    void givesTokensBackEvenly() {
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("evenly@example.org", WRONG, MALLORY));

        letPass(Duration.ofMinutes(5));

        assertWrong(login("evenly@example.org", WRONG, MALLORYS_FRIEND));
        assertLimited(login("evenly@example.org", WRONG, MALLORYS_FRIEND));
        letPass(Duration.ofHours(5));
        for (int attempt = 0; attempt < 3; attempt++) assertWrong(login("evenly@example.org", WRONG, MALLORYS_FRIEND));
        assertLimited(login("evenly@example.org", WRONG, MALLORYS_FRIEND));
    }

    @Test
    void limitsRegistrationsByEachOfItsRates() {
        for (int account = 0; account < 2; account++) Answers.of(registration("r" + account, MALLORY));
        // Also finding out which addresses have an account.
        assertThat(problemOf(registration("r0", MALLORY)).kind()).isEqualTo(Kind.CONFLICT);

        var limited = problemOf(registration("r2", MALLORY));

        assertThat(limited.kind()).isEqualTo(Kind.LIMITED);
        assertThat(limited.excess().orElseThrow().policies()).containsExactly("registrations");
        assertThat(limited.excess().orElseThrow().retryAfterSeconds()).isBetween(1L, 20L);
        Answers.of(registration("r2", MALLORYS_FRIEND));
        letPass(Duration.ofMinutes(1));
        Answers.of(registration("r3", MALLORY));
        Answers.of(registration("r4", MALLORY));
        assertThat(problemOf(registration("r5", MALLORY)).excess().orElseThrow().retryAfterSeconds())
                .isGreaterThan(4 * 3600);
    }

    private SignedIn register(String email) {
        empty(HOME);
        var registered = Answers.of(registration(email, HOME));
        empty();
        return registered;
    }

    private Future<SignedIn> registration(String email, Client client) {
        var address = email.contains("@") ? email : email + "@registered.example.org";
        var registration = new Users.Registration(address, PASSWORD, null, null);
        return bus.ask(Users.REGISTER, new Users.Register(registration, client));
    }

    private Future<SignedIn> login(String email, Secret password, Client client) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, password), client))
                .map(Users.LoggedIn::session);
    }

    // Nothing has come from this address.
    private void empty(Client client) {
        var network = ClientNetwork.of(client.ip());
        var keys = new BucketKeys(SESSIONS.signingKey());
        var buckets = Stream.concat(
                        keys.ofAddress(LIMITS.failuresPerAddress(), network).stream(),
                        keys.ofRegistrations(LIMITS.registrations(), network).stream())
                .toList();
        Answers.of(new BucketStore(database).refill(buckets));
    }

    private void letPass(Duration time) {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE rate_buckets SET full_at = full_at - make_interval(secs => #{seconds})")
                .run(Parameters.of("seconds", (double) time.toSeconds())));
    }

    private static void assertWrong(Future<SignedIn> login) {
        assertThat(problemOf(login).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    private static void assertLimited(Future<?> attempt) {
        assertThat(problemOf(attempt).kind()).isEqualTo(Kind.LIMITED);
    }
}
