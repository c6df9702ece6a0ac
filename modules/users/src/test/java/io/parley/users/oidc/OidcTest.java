package io.parley.users.oidc;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.oidc.OidcScene.CLIENT;
import static io.parley.users.oidc.OidcScene.PASSWORD;
import static io.parley.users.oidc.OidcScene.caller;
import static io.parley.users.oidc.OidcScene.kind;
import static io.parley.users.oidc.OidcScene.origin;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.parley.contracts.users.Oidc.Outcome;
import io.parley.contracts.users.Oidc.ProviderAnswer;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.PasswordChange;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.AuthenticatorApp;
import io.parley.testing.signin.IdToken;
import io.parley.testing.signin.ScriptedProvider.Callback;
import io.parley.users.AccountSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class OidcTest {
    /** ID tokens that nobody may be signed in by. */
    private static final Map<String, UnaryOperator<IdToken>> FORGERIES = new LinkedHashMap<>();

    static {
        FORGERIES.put("another nonce", token -> token.with("nonce", "another"));
        FORGERIES.put("no nonce", token -> token.with("nonce", null));
        FORGERIES.put("another issuer", token -> token.with("iss", "https://evil.example.org"));
        FORGERIES.put("no issuer", token -> token.with("iss", null));
        FORGERIES.put("another audience", token -> token.audience("another"));
        FORGERIES.put("no audience", token -> token.with("aud", null));
        FORGERIES.put("two audiences without an authorized party", token -> token.audience("parley", "another"));
        FORGERIES.put(
                "another authorized party",
                token -> token.audience("parley", "another").with("azp", "another"));
        FORGERIES.put("another authorized party alone", token -> token.with("azp", "another"));
        FORGERIES.put("expired", IdToken::expired);
        FORGERIES.put("no expiry", token -> token.with("exp", null));
        FORGERIES.put("no subject", token -> token.with("sub", null));
        FORGERIES.put("a subject with a control character", token -> token.with("sub", "a\u0000b"));
        FORGERIES.put("a subject that is too long", token -> token.with("sub", "a".repeat(256)));
        FORGERIES.put("no signature", token -> token.by(new JWSAlgorithm("none")));
        FORGERIES.put("signed with the secret of the client", token -> token.by(JWSAlgorithm.HS256));
        FORGERIES.put("signed with another algorithm", token -> token.by(JWSAlgorithm.PS256));
        FORGERIES.put("signed with another key", IdToken::byAnotherKey);
    }

    private static OidcScene scene;

    private final Bus bus;
    private final Database database;

    OidcTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = OidcScene.deploy(vertx, bus, database, folder, AccountSettings.OPEN);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void stopForging() {
        scene.acme().forging(UnaryOperator.identity());
    }

    @Test
    void registersSomebodyNewAndSignsInAgain() {
        scene.acme().person("new", "New.Person@example.org");
        var arrived = scene.arrive("acme", false);
        assertThat(arrived.outcome()).isEqualTo(Outcome.SIGN_IN);
        assertThat(arrived.returnTo()).isEqualTo("/settings?tab=1");

        var session = Answers.of(scene.exchange(arrived.code())).session();

        assertThat(session.user().email()).isEqualTo("new.person@example.org");
        assertThat(session.user().name()).isEqualTo("Ada Lovelace");
        assertThat(session.user().emailVerified())
                .as("the provider is not trusted with it")
                .isFalse();
        assertThat(kind(scene.exchange(arrived.code()))).as("used").isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(scene.signIn("acme").user().id()).isEqualTo(session.user().id());
        assertThat(scene.list(session)).singleElement().satisfies(identity -> {
            assertThat(identity.provider()).isEqualTo("acme");
            assertThat(identity.email()).isEqualTo("new.person@example.org");
            assertThat(identity.lastUsedAt()).isNotNull();
        });
        var security = Answers.of(bus.ask(SecondFactors.FIND, new SecondFactors.Find(caller(session))));
        assertThat(security.hasPassword()).isFalse();
        assertThat(security.identities()).isEqualTo(1);
        assertThat(recorded(session))
                .containsSubsequence("account.registered", "identity.linked", "sign_in.succeeded", "sign_in.succeeded");
    }

    @Test
    void hasNoPasswordUntilOneIsSet() {
        scene.acme().person("no-password", "no-password@example.org");
        var session = scene.signIn("acme");
        var wrong = problemOf(login("no-password@example.org"));
        assertThat(wrong.detail())
                .isEqualTo(problemOf(login("nobody-at-all@example.org")).detail());

        Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(session), session.sessionId(), new PasswordChange(null, PASSWORD), CLIENT)));

        Answers.of(login("no-password@example.org"));
    }

    @Test
    void trustsAnAddressOnlyIfBothSaySo() {
        scene.provider("trusted").person("trusted", "trusted@example.org");
        assertThat(scene.signIn("trusted").user().emailVerified()).isTrue();

        scene.provider("trusted")
                .person(Map.of("sub", "unsure", "email", "unsure@example.org", "email_verified", false));
        assertThat(scene.signIn("trusted").user().emailVerified()).isFalse();
    }

    @Test
    void refusesForgedTokens() {
        scene.acme().person("forged", "forged@example.org");
        FORGERIES.forEach((name, forgery) -> {
            scene.acme().forging(forgery);
            var finished = scene.arrive("acme", false);
            assertThat(finished.outcome()).as(name).isEqualTo(Outcome.PROVIDER_ERROR);
            assertThat(finished.code()).as(name).isNull();
        });
        scene.acme().forging(token -> token.audience("parley", "another").with("azp", "parley"));
        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.SIGN_IN);
    }

    @Test
    void refusesACallbackThatIsNotTheAnswer() {
        scene.acme().person("state", "state@example.org");
        var started = scene.start("acme", false);
        var other = scene.start("acme", false);
        var callback = scene.acme().authorize(started.location());
        var code = new Secret(callback.code());
        var refused = Stream.of(
                new ProviderAnswer(code, null, callback.issuer(), null),
                new ProviderAnswer(code, "", callback.issuer(), null),
                new ProviderAnswer(code, callback.state().replaceFirst(".", "_"), callback.issuer(), null),
                new ProviderAnswer(code, callback.state() + "=", callback.issuer(), null));
        refused.forEach(answer -> assertThat(Answers.of(scene.finish("acme", started.browser(), answer))
                        .outcome())
                .as("%s", answer)
                .isEqualTo(Outcome.PROVIDER_ERROR));
        assertThat(outcome("acme", other.browser(), callback))
                .as("another browser")
                .isEqualTo(Outcome.PROVIDER_ERROR);
        assertThat(outcome("acme", null, callback)).as("no cookie").isEqualTo(Outcome.PROVIDER_ERROR);
        assertThat(outcome("trusted", started.browser(), callback))
                .as("another provider")
                .isEqualTo(Outcome.PROVIDER_ERROR);

        assertThat(outcome("acme", started.browser(), callback)).isEqualTo(Outcome.SIGN_IN);
        var again = scene.acme().authorize(started.location());
        assertThat(outcome("acme", started.browser(), again)).as("used").isEqualTo(Outcome.PROVIDER_ERROR);
    }

    private Outcome outcome(String provider, Secret browser, Callback callback) {
        return Answers.of(scene.finish(provider, browser, callback)).outcome();
    }

    @Test
    void refusesAnAnswerOfAnotherProvider() {
        scene.acme().person("mixed-up", "mixed-up@example.org");
        for (var issuer : new String[] {null, "https://evil.example.org", ""}) {
            var started = scene.start("acme", false);
            var callback = scene.acme().authorize(started.location());
            var answer = new ProviderAnswer(new Secret(callback.code()), callback.state(), issuer, null);
            assertThat(Answers.of(scene.finish("acme", started.browser(), answer))
                            .outcome())
                    .isEqualTo(Outcome.PROVIDER_ERROR);
        }
    }

    @Test
    void saysWhyNobodyIsSignedIn() {
        var started = scene.start("acme", false);
        var state = scene.acme().authorize(started.location()).state();
        assertThat(Answers.of(scene.finish(
                                "acme", started.browser(), new ProviderAnswer(null, state, null, "access_denied")))
                        .outcome())
                .isEqualTo(Outcome.ACCESS_DENIED);
        assertThat(Answers.of(scene.finish(
                                "acme", started.browser(), new ProviderAnswer(null, state, null, "server_error")))
                        .outcome())
                .isEqualTo(Outcome.PROVIDER_ERROR);
        scene.acme().person(Map.of("sub", "nameless"));
        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.EMAIL_MISSING);
        scene.acme().person("odd", "a\u202e@x.org");
        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.EMAIL_MISSING);
        assertThat(scene.start("down", false).location()).isNull();
    }

    @Test
    void linksAnAccountWithTheSameAddressOnlyIfItsOwnerSaysSo() {
        var ada = scene.register("collides@example.org");
        var grace = scene.register("stranger@example.org");
        scene.acme().person("collides", "Collides@example.org");
        var arrived = scene.arrive("acme", false);
        assertThat(arrived.outcome()).isEqualTo(Outcome.LINK);
        assertThat(kind(scene.exchange(arrived.code()))).isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(problemOf(scene.link(grace, arrived.code())).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/link_code"));
        var linked = Answers.of(scene.link(ada, arrived.code()));

        assertThat(linked.lastUsedAt()).isNull();
        assertThat(kind(scene.link(ada, arrived.code()))).as("used").isEqualTo(Kind.INVALID);
        assertThat(scene.signIn("acme").user().id()).isEqualTo(ada.user().id());
    }

    @Test
    void linksAnIdentityToOneAccountOnly() {
        var ada = scene.register("links@example.org");
        var grace = scene.register("links-too@example.org");
        scene.acme().person("linked", "linked@example.org");
        Answers.of(scene.link(ada, scene.arrive("acme", true).code()));

        assertThat(kind(scene.link(grace, scene.arrive("acme", true).code()))).isEqualTo(Kind.CONFLICT);
        assertThat(kind(scene.link(ada, scene.arrive("acme", true).code()))).isEqualTo(Kind.CONFLICT);
        assertThat(kind(scene.link(ada, new Secret("lnk_")))).isEqualTo(Kind.INVALID);
        assertThat(scene.list(ada)).hasSize(1);
        assertThat(scene.list(grace)).isEmpty();
        assertThat(kind(scene.unlink(grace, scene.list(ada).get(0)))).isEqualTo(Kind.FORBIDDEN);

        Answers.of(scene.unlink(ada, scene.list(ada).get(0)));
        Answers.of(scene.link(grace, scene.arrive("acme", true).code()));
        assertThat(recorded(ada)).contains("identity.linked", "identity.unlinked");
    }

    @Test
    void linksAnIdentityToOneAccountOnlyAlsoAtOnce() {
        scene.acme().person("raced", "raced@example.org");
        var users = Stream.of("raced-1@example.org", "raced-2@example.org", "raced-3@example.org")
                .map(scene::register)
                .toList();
        var codes =
                users.stream().map(user -> scene.arrive("acme", true).code()).toList();

        var links = Stream.of(0, 1, 2)
                .map(each -> scene.link(users.get(each), codes.get(each)))
                .toList();
        links.forEach(each -> Answers.of(each.otherwiseEmpty()));

        long linked = users.stream().mapToLong(user -> scene.list(user).size()).sum();
        assertThat(linked).isEqualTo(links.stream().filter(Future::succeeded).count());
        assertThat(linked).isLessThanOrEqualTo(1);
    }

    @Test
    void makesOneAccountOfOnePersonWhoComesTwiceAtOnce() {
        scene.acme().person("twice", "twice@example.org");
        var started = Stream.generate(() -> scene.start("acme", false)).limit(4).toList();
        var finishing = started.stream()
                .map(each -> scene.finish("acme", each.browser(), scene.acme().authorize(each.location())))
                .toList();

        var users = finishing.stream()
                .map(Answers::of)
                .map(finished -> Answers.of(scene.exchange(finished.code())).session())
                .map(session -> session.user().id())
                .distinct();

        assertThat(users).hasSize(1);
    }

    @Test
    void keepsTheLastWayIn() {
        scene.acme().person("last-way", "last-way@example.org");
        scene.provider("trusted").person("second-way", "second-way@example.org");
        var session = scene.signIn("acme");
        assertThat(kind(scene.unlink(session, scene.list(session).get(0)))).isEqualTo(Kind.CONFLICT);
        Answers.of(scene.link(session, scene.arrive("trusted", true).code()));

        var both = scene.list(session).stream()
                .map(each -> scene.unlink(session, each))
                .toList();
        both.forEach(each -> Answers.of(each.otherwiseEmpty()));

        assertThat(both).filteredOn(Future::succeeded).hasSize(1);
        assertThat(scene.list(session)).hasSize(1);
    }

    @Test
    void asksForASecondFactorUnlessTheProviderIsTrusted() {
        scene.acme().person("factor", "factor@example.org");
        var session = scene.signIn("acme");
        scene.provider("trusted").person("factor", "factor-2@example.org");
        Answers.of(scene.link(session, scene.arrive("trusted", true).code()));
        var app = turnOnTotp(session);

        var challenged = Answers.of(scene.exchange(scene.arrive("acme", false).code()));

        assertThat(challenged.session()).isNull();
        var login = new SecondFactors.Login(challenged.challenge().token(), new Secret(app.nextCode()), null, CLIENT);
        Answers.of(bus.ask(SecondFactors.LOGIN, login));
        assertThat(scene.signIn("trusted").user().id()).isEqualTo(session.user().id());
    }

    private AuthenticatorApp turnOnTotp(SignedIn session) {
        var caller = caller(session);
        var secret = Answers.of(bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(caller, origin(session))));
        var app = new AuthenticatorApp(secret.secret().value());
        Answers.of(bus.ask(
                SecondFactors.CONFIRM_SECRET,
                new SecondFactors.ConfirmSecret(caller, origin(session), new Secret(app.code()))));
        return app;
    }

    @Test
    void refusesADeactivatedAccountAndAnUnlinkedIdentity() {
        scene.acme().person("gone", "gone@example.org");
        var session = scene.signIn("acme");
        var code = scene.arrive("acme", false).code();
        run("UPDATE users SET is_active = false WHERE id = #{id}", session);
        assertThat(kind(scene.exchange(code))).isEqualTo(Kind.UNAUTHENTICATED);

        run("UPDATE users SET is_active = true WHERE id = #{id}", session);
        var later = scene.arrive("acme", false).code();
        run("DELETE FROM user_identities WHERE user_id = #{id}", session);
        assertThat(kind(scene.exchange(later))).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void needsARecentSignInToChangeIdentities() {
        var ada = scene.register("not-recent@example.org");
        scene.acme().person("not-recent", "not-recent-2@example.org");
        var identity = Answers.of(scene.link(ada, scene.arrive("acme", true).code()));
        var code = scene.arrive("acme", true).code();
        run("UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);

        assertThat(kind(scene.link(ada, code))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        assertThat(kind(scene.unlink(ada, identity))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
    }

    private Future<?> login(String email) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT));
    }

    private List<String> recorded(SignedIn session) {
        return Answers.of(OwnerDatabase.of(database)
                .query("SELECT type FROM security_events WHERE user_id = #{id} ORDER BY seq", row -> row.getString(0))
                .list(Parameters.of("id", session.user().id())));
    }

    private void run(String sql, SignedIn session) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", session.user().id())));
    }
}
