package io.parley.users.passkeys;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.identities.Passkey;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.contracts.users.identities.Passkeys.NewPasskey;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.Ceremony;
import io.parley.testing.signin.SoftwareAuthenticator;
import io.parley.users.AccountSettings;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On two instances of the verticle, which answer in turn. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PasskeysTest {
    private static final String ORIGIN = "https://chat.example.org";
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Client CLIENT = new Client("curl/8", "203.0.113.1");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));

    /** What a server must refuse, whether a passkey is made or used. */
    private static final Map<String, UnaryOperator<Ceremony>> FORGERIES = new LinkedHashMap<>();

    static {
        FORGERIES.put("another origin", plan -> plan.withOrigin("https://evil.example.org"));
        FORGERIES.put("another scheme", plan -> plan.withOrigin("http://chat.example.org"));
        FORGERIES.put("another host", plan -> plan.withRpId("evil.example"));
        FORGERIES.put("another type", plan -> plan.withType("payment.get"));
        FORGERIES.put("no user present", plan -> plan.withFlags(0x04));
        FORGERIES.put("no user verified", plan -> plan.withFlags(0x01));
        FORGERIES.put("another challenge", plan -> plan.withChallenge("A".repeat(75)));
        FORGERIES.put("a short challenge", plan -> plan.withChallenge("AAAA"));
        FORGERIES.put("a changed challenge", plan -> plan.withChallenge(changed(plan.challenge())));
    }

    private final Bus bus;
    private final Database database;

    private record Owner(SignedIn session, SoftwareAuthenticator authenticator) {
        Caller caller() {
            return new Caller(session.user().id(), Caller.Role.USER);
        }

        Origin origin() {
            return new Origin(session.sessionId(), CLIENT);
        }
    }

    PasskeysTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(2, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        SETTINGS,
                        LimitSettings.NONE,
                        AccountSettings.OPEN,
                        new PasskeySettings("example.org", Set.of(ORIGIN)),
                        OidcSettings.NONE));
        for (int node = 0; node < 2; node++) Answers.of(vertx.deployVerticle(instances.get()));
        // The first registration loads the hash library, which takes seconds on a busy machine: longer than the bus
        // waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, CLIENT)).otherwiseEmpty());
    }

    @Test
    void signIn() {
        var ada = register("signs-in@example.org");
        var passkey = Answers.of(add(ada, ada.authenticator().create(newOptions(ada))));
        assertThat(passkey.transports()).containsExactly("hybrid", "internal");
        assertThat(passkey.backedUp()).isFalse();
        assertThat(passkey.lastUsedAt()).isNull();

        for (int time = 0; time < 2; time++) {
            var session = Answers.of(login(ada.authenticator().get(loginOptions())));
            assertThat(session.user().id()).isEqualTo(ada.session().user().id());
            assertThat(session.sessionId()).isNotEqualTo(ada.session().sessionId());
        }

        assertThat(list(ada)).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo(passkey.id());
            assertThat(listed.name()).isEqualTo("My phone");
            assertThat(listed.lastUsedAt()).isNotNull();
        });
    }

    @Test
    void areAskedForWithOptionsThatTellNothing() {
        var options = new JsonObject(loginOptions());
        assertThat(options.getJsonArray("allowCredentials")).isEmpty();
        assertThat(options.getString("userVerification")).isEqualTo("required");
        assertThat(options.getString("rpId")).isEqualTo("example.org");
        assertThat(Base64.getUrlDecoder().decode(options.getString("challenge")))
                .hasSizeGreaterThanOrEqualTo(16);
        assertThat(loginOptions()).isNotEqualTo(loginOptions());
    }

    @Test
    void areMadeWithOptionsThatExcludeThoseThatAreThere() {
        var ada = owner("excludes@example.org");
        var options = new JsonObject(newOptions(ada));

        assertThat(options.getJsonArray("excludeCredentials")).hasSize(1);
        assertThat(options.getString("attestation")).isEqualTo("none");
        assertThat(options.getJsonObject("authenticatorSelection"))
                .isEqualTo(new JsonObject()
                        .put("residentKey", "required")
                        .put("requireResidentKey", true)
                        .put("userVerification", "required"));
        assertThat(options.getJsonArray("pubKeyCredParams").stream().map(each -> ((JsonObject) each).getInteger("alg")))
                .containsExactly(-7, -257);
        assertThat(options.getJsonObject("user").getString("name")).isEqualTo("excludes@example.org");
        assertThat(problemOf(add(ada, ada.authenticator().create(options.encode())))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void areNotMadeWithForgedAnswers() {
        var ada = register("forged@example.org");
        FORGERIES.forEach((name, forgery) -> assertThat(
                        pointers(add(ada, ada.authenticator().create(newOptions(ada), forgery))))
                .as(name)
                .containsExactly("/credential"));
        for (var junk : List.of(
                "{}",
                "{\"id\":\"AAAA\"}",
                "{\"response\":{}}",
                ada.authenticator().get(loginOptions())))
            assertThat(pointers(add(ada, junk))).as(junk).containsExactly("/credential");

        assertThat(list(ada)).isEmpty();
    }

    @Test
    void areMadeOnceForTheirOwnOptionsAndInTime() {
        var ada = register("once@example.org");
        var grace = register("other@example.org");
        var options = newOptions(ada);
        assertThat(pointers(add(grace, grace.authenticator().create(options)))).containsExactly("/credential");

        var answer = ada.authenticator().create(newOptions(ada));
        Answers.of(add(ada, answer));
        assertThat(pointers(add(ada, answer))).containsExactly("/credential");
        var forLogin = new JsonObject(newOptions(ada))
                .put("challenge", new JsonObject(loginOptions()).getString("challenge"))
                .encode();
        assertThat(pointers(add(ada, new SoftwareAuthenticator(ORIGIN).create(forLogin))))
                .containsExactly("/credential");
    }

    @Test
    void doNotSignInWithForgedAnswers() {
        var ada = owner("refused@example.org");
        var grace = owner("refused-too@example.org");
        var forgeries = new LinkedHashMap<>(FORGERIES);
        forgeries.put("a bad signature", Ceremony::withBrokenSignature);
        forgeries.put("another user's handle", plan -> plan.withUserHandle(handle(grace)));
        forgeries.put("no handle", plan -> plan.withUserHandle(null));
        forgeries.put("a short handle", plan -> plan.withUserHandle("AAAA"));

        forgeries.forEach((name, forgery) -> {
            var problem = problemOf(login(ada.authenticator().get(loginOptions(), forgery)));
            assertThat(problem.kind()).as(name).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(problem.detail()).isEqualTo("The passkey is not accepted.");
        });
        for (var junk : List.of("{}", "{\"id\":\"AAAA\"}", "{\"id\":1,\"response\":[]}", "{\"response\":null}"))
            assertThat(problemOf(login(junk)).kind()).as(junk).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(login(ada.authenticator().get(loginOptions())));
    }

    @Test
    void signInOnceForEachChallenge() {
        var ada = owner("replays@example.org");
        var answer = ada.authenticator().get(loginOptions());

        var attempts = Stream.generate(() -> login(answer)).limit(6).toList();
        Answers.of(Future.join(attempts).otherwiseEmpty());

        assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(problemOf(login(answer)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void signInOnlyWithACounterAboveTheLast() {
        var ada = owner("counts@example.org");
        Answers.of(login(ada.authenticator().get(loginOptions(), plan -> plan.withCounter(50))));

        for (long counter : new long[] {50, 49, 0})
            assertThat(problemOf(login(ada.authenticator().get(loginOptions(), plan -> plan.withCounter(counter))))
                            .kind())
                    .isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(login(ada.authenticator().get(loginOptions(), plan -> plan.withCounter(51))));

        var grace = owner("does-not-count@example.org");
        for (int time = 0; time < 2; time++)
            Answers.of(login(grace.authenticator().get(loginOptions(), plan -> plan.withCounter(0))));
    }

    @Test
    void doNotSignInWhoIsDeactivatedOrHasRemovedThem() {
        var ada = owner("inactive@example.org");
        var id = list(ada).get(0).id();
        run("/* test */ UPDATE users SET is_active = false WHERE id = #{id}", ada);
        assertThat(problemOf(login(ada.authenticator().get(loginOptions()))).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        run("/* test */ UPDATE users SET is_active = true WHERE id = #{id}", ada);
        Answers.of(login(ada.authenticator().get(loginOptions())));

        var grace = register("not-mine@example.org");
        assertThat(problemOf(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(grace.caller(), grace.origin(), id)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Passkeys.RENAME, new Passkeys.Rename(grace.caller(), id, "Mine")))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(Answers.of(bus.ask(Passkeys.RENAME, new Passkeys.Rename(ada.caller(), id, "Laptop")))
                        .name())
                .isEqualTo("Laptop");
        Answers.of(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id)));

        assertThat(problemOf(login(ada.authenticator().get(loginOptions()))).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void needARecentSignInAndAreOne() {
        var ada = owner("recent@example.org");
        var id = list(ada).get(0).id();
        var answer = new SoftwareAuthenticator(ORIGIN).create(newOptions(ada));
        run("/* test */ UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);

        for (var change : List.<Future<?>>of(
                bus.ask(Passkeys.NEW_OPTIONS, new Passkeys.NewOptions(ada.caller(), ada.origin())),
                add(ada, answer),
                bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id))))
            assertThat(problemOf(change).kind()).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        var grace = owner("recent-too@example.org");
        assertThat(pointers(prove(ada, grace.authenticator().get(loginOptions()))))
                .containsExactly("/credential");
        Answers.of(prove(ada, ada.authenticator().get(loginOptions())));

        Answers.of(add(ada, answer));
        assertThat(list(ada)).hasSize(2);
    }

    @Test
    void areRecordedAndRemovedByAnAdministrator() {
        var ada = owner("audited@example.org");
        var id = list(ada).get(0).id();
        problemOf(login(ada.authenticator().get(loginOptions(), Ceremony::withBrokenSignature)));
        Answers.of(login(ada.authenticator().get(loginOptions())));
        assertThat(Answers.of(bus.ask(SecondFactors.FIND, new SecondFactors.Find(ada.caller()))))
                .isEqualTo(new SecondFactors.AccountSecurity(true, false, 0, 1, 0));

        Answers.of(bus.ask(
                Administration.RESET_FACTORS,
                new Administration.ResetFactors(Fixtures.margaret, ada.caller().userId(), ada.origin())));

        assertThat(list(ada)).isEmpty();
        var detail = " {\"passkey_id\":\"" + id + "\"}";
        assertThat(recorded(ada))
                .containsExactly(
                        "account.registered",
                        "sign_in.succeeded {\"method\":\"registration\"}",
                        "passkey.added" + detail,
                        "sign_in.failed {\"method\":\"passkey\",\"reason\":\"refused_passkey\"}",
                        "sign_in.succeeded {\"method\":\"passkey\"}",
                        "passkey.removed" + detail);
    }

    private Owner owner(String email) {
        var owner = register(email);
        Answers.of(add(owner, owner.authenticator().create(newOptions(owner))));
        return owner;
    }

    private Owner register(String email) {
        var session = Answers.of(bus.ask(
                Users.REGISTER, new Users.Register(new Users.Registration(email, PASSWORD, null, null), CLIENT)));
        return new Owner(session, new SoftwareAuthenticator(ORIGIN));
    }

    private String newOptions(Owner owner) {
        return Answers.of(bus.ask(Passkeys.NEW_OPTIONS, new Passkeys.NewOptions(owner.caller(), owner.origin())))
                .json()
                .text();
    }

    private Future<Passkey> add(Owner owner, String credential) {
        return bus.ask(
                Passkeys.ADD,
                new Passkeys.Add(
                        owner.caller(), owner.origin(), Ids.next(), new NewPasskey("My phone", new Json(credential))));
    }

    private List<Passkey> list(Owner owner) {
        return Answers.of(bus.ask(Passkeys.LIST, new Passkeys.ListMine(owner.caller())))
                .items();
    }

    private String loginOptions() {
        return Answers.of(bus.ask(Passkeys.LOGIN_OPTIONS, new Passkeys.LoginOptions()))
                .json()
                .text();
    }

    private Future<SignedIn> login(String credential) {
        return bus.ask(Passkeys.LOGIN, new Passkeys.Login(new Json(credential), CLIENT));
    }

    private Future<?> prove(Owner owner, String credential) {
        return bus.ask(Passkeys.PROVE, new Passkeys.Prove(owner.caller(), owner.origin(), new Json(credential)));
    }

    private List<String> recorded(Owner owner) {
        var events = OwnerDatabase.of(database).query("""
                /* test */ SELECT concat_ws(' ', type, detail) FROM security_events WHERE user_id = #{id} ORDER BY seq
                """, row -> row.getString(0));
        return Answers.of(events.list(Parameters.of("id", owner.caller().userId())));
    }

    private void run(String sql, Owner owner) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", owner.caller().userId())));
    }

    private static List<String> pointers(Future<?> failing) {
        return problemOf(failing).faults().stream().map(Problem.Fault::pointer).toList();
    }

    private static String handle(Owner owner) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(PasskeyOptions.handle(owner.caller().userId()));
    }

    private static String changed(String challenge) {
        return (challenge.startsWith("A") ? "B" : "A") + challenge.substring(1);
    }
}
