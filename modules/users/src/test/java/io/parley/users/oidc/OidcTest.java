package io.parley.users.oidc;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.oidc.OidcScene.CLIENT;
import static io.parley.users.oidc.OidcScene.PASSWORD;
import static io.parley.users.oidc.OidcScene.caller;
import static io.parley.users.oidc.OidcScene.kind;
import static io.parley.users.oidc.OidcScene.origin;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.AuthenticatorApp;
import io.parley.users.AccountSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is signed in by a provider, and who is not. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class OidcTest {
    private static OidcScene scene;

    private final Bus bus;

    OidcTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = OidcScene.deploy(vertx, bus, database, folder, AccountSettings.OPEN);
    }

    @AfterAll
    static void close() {
        scene.close();
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
        assertThat(scene.recorded(session))
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

    @Test
    void refusesADeactivatedAccountAndAnUnlinkedIdentity() {
        scene.acme().person("gone", "gone@example.org");
        var session = scene.signIn("acme");
        var code = scene.arrive("acme", false).code();
        scene.run("UPDATE users SET is_active = false WHERE id = #{id}", session);
        assertThat(kind(scene.exchange(code))).isEqualTo(Kind.UNAUTHENTICATED);

        scene.run("UPDATE users SET is_active = true WHERE id = #{id}", session);
        var later = scene.arrive("acme", false).code();
        scene.run("DELETE FROM user_identities WHERE user_id = #{id}", session);
        assertThat(kind(scene.exchange(later))).isEqualTo(Kind.UNAUTHENTICATED);
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

    private Future<?> login(String email) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT));
    }
}
