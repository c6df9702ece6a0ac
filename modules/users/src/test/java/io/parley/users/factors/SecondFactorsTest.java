package io.parley.users.factors;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.Method;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Rates;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.AuthenticatorApp;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On two instances of the verticle, which answer in turn. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SecondFactorsTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Client CLIENT = new Client("curl/8", "203.0.113.1");
    private static final String WRONG = "aaaaa-aaaaa";
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));
    private static final LimitSettings LIMITS =
            new LimitSettings(Rates.NONE, Rates.parse("7/15m"), Rates.parse("1000/10m"));

    private final Bus bus;
    private final Database database;

    private record Account(SignedIn session, AuthenticatorApp app, List<Secret> recoveryCodes, String confirmedWith) {
        Caller caller() {
            return new Caller(session.user().id(), Caller.Role.USER);
        }

        Origin origin() {
            return new Origin(session.sessionId(), CLIENT);
        }
    }

    SecondFactorsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx, bus, database, UsersSettings.open(CheapPasswords.settings(2, 30), keys, SETTINGS, LIMITS));
        for (int node = 0; node < 2; node++) Answers.of(vertx.deployVerticle(instances.get()));
        // The modules whose secrets rotate with those of the users have none.
        Answers.of(
                bus.answer(StoredSecrets.PLACES, query -> Future.succeededFuture(new StoredSecrets.Places(List.of()))));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, CLIENT)).otherwiseEmpty());
    }

    @Test
    void areAskedForOnceTheSecretIsConfirmed() {
        var ada = register("confirmed@example.org");
        var secret = setUp(ada);
        assertThat(secret.secret().value()).matches("[A-Z2-7]{32}");
        assertThat(secret.uri().value())
                .startsWith("otpauth://totp/Parley:confirmed%40example.org?secret="
                        + secret.secret().value());
        assertThat(login("confirmed@example.org").challenge()).isNull();

        var app = new AuthenticatorApp(secret.secret().value());
        var wrong = problemOf(confirm(ada, app.code(1_000)));
        assertThat(wrong.faults()).extracting(Problem.Fault::pointer).containsExactly("/code");
        assertThat(login("confirmed@example.org").challenge()).isNull();
        var codes = Answers.of(confirm(ada, app.code())).codes();

        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code.value()).matches("[a-z2-9]{5}-[a-z2-9]{5}"));
        assertThat(login("confirmed@example.org").session()).isNull();
        assertThat(challenge("confirmed@example.org").methods()).containsExactly(Method.TOTP, Method.RECOVERY_CODE);
        var session = Answers.of(complete(challenge("confirmed@example.org"), app.nextCode()));
        assertThat(session.user().id()).isEqualTo(ada.user().id());
        assertThat(problemOf(bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(caller(ada), origin(ada))))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void acceptEachCodeOnceOnAllNodes() {
        var ada = protectedAccount("once@example.org");

        assertThat(kind(complete(challenge("once@example.org"), ada.confirmedWith())))
                .as("the code that confirmed")
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(succeeded(6, "once@example.org", ada.app().nextCode(), null)).isEqualTo(1);
        assertThat(succeeded(6, "once@example.org", null, ada.recoveryCodes().get(0)))
                .isEqualTo(1);
    }

    // Each attempt has a challenge of its own, and all come at once.
    private long succeeded(int attempts, String email, String code, Secret recoveryCode) {
        var challenges = Stream.generate(() -> challenge(email)).limit(attempts).toList();
        var asked = challenges.stream()
                .map(challenge -> bus.ask(
                        SecondFactors.LOGIN,
                        new SecondFactors.Login(
                                challenge.token(), code == null ? null : new Secret(code), recoveryCode, CLIENT)))
                .toList();
        Answers.of(Future.join(asked).otherwiseEmpty());
        return asked.stream().filter(Future::succeeded).count();
    }

    @Test
    void endTheLoginAfterFiveWrongCodes() {
        var ada = protectedAccount("five@example.org");
        var challenge = challenge("five@example.org");

        for (int wrong = 0; wrong < 5; wrong++)
            assertThat(problemOf(complete(challenge, ada.app().code(1_000 + wrong)))
                            .detail())
                    .startsWith("The code is wrong");

        assertThat(problemOf(complete(challenge, ada.app().nextCode())).detail())
                .startsWith("The mfa_token");
        Answers.of(complete(challenge("five@example.org"), ada.app().nextCode()));
    }

    @Test
    void endTheLoginWithItsTimeItsUseAndThePassword() {
        var ada = protectedAccount("ends@example.org");
        var used = challenge("ends@example.org");
        Answers.of(recover(used, ada.recoveryCodes().get(0)));
        assertThat(kind(recover(used, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);

        var late = challenge("ends@example.org");
        run("/* test */ UPDATE login_challenges SET expires_at = now() WHERE user_id = #{id}", ada);
        assertThat(kind(recover(late, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);

        var outdated = challenge("ends@example.org");
        Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        ada.caller(),
                        ada.session().sessionId(),
                        new Users.PasswordChange(PASSWORD, new Secret("another horse battery staple")),
                        CLIENT)));
        assertThat(kind(recover(outdated, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);
        for (var forged : List.of("", "mfa_", "mfa_AAAA", "x" + used.token().value()))
            assertThat(kind(bus.ask(
                            SecondFactors.LOGIN,
                            new SecondFactors.Login(new Secret(forged), null, new Secret(WRONG), CLIENT))))
                    .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void countWrongCodesLikeWrongPasswordsAlsoIfThePasswordWasRight() {
        var ada = protectedAccount("counted@example.org");
        var left = challenge("counted@example.org");

        for (int wrong = 0; wrong < 7; wrong++)
            assertThat(kind(complete(challenge("counted@example.org"), ada.app().code(1_000))))
                    .isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(kind(complete(left, ada.app().nextCode()))).isEqualTo(Kind.LIMITED);
        assertThat(kind(bus.ask(
                        Users.LOGIN, new Users.Login(new Users.Credentials("counted@example.org", PASSWORD), CLIENT))))
                .isEqualTo(Kind.LIMITED);
        assertThat(kind(bus.ask(
                        SecondFactors.PROVE,
                        new SecondFactors.Prove(
                                ada.caller(), ada.origin(), new Secret(ada.app().nextCode())))))
                .isEqualTo(Kind.LIMITED);
    }

    @Test
    void proveWhoUsesASession() {
        var ada = protectedAccount("proves@example.org");
        run("/* test */ UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);
        var renew = new SecondFactors.RenewCodes(ada.caller(), ada.origin());
        assertThat(kind(bus.ask(SecondFactors.RENEW_CODES, renew))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        assertThat(kind(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin()))))
                .isEqualTo(Kind.SIGN_IN_NOT_RECENT);

        assertThat(kind(prove(ada, ada.app().code()))).isEqualTo(Kind.INVALID);
        Answers.of(prove(ada, ada.app().nextCode()));

        var renewed = Answers.of(bus.ask(SecondFactors.RENEW_CODES, renew)).codes();
        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(ada.recoveryCodes());
        var challenge = challenge("proves@example.org");
        assertThat(kind(recover(challenge, ada.recoveryCodes().get(0)))).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(recover(challenge, new Secret(renewed.get(0).value().toUpperCase(Locale.ROOT))));
        assertThat(security(ada)).isEqualTo(new SecondFactors.AccountSecurity(true, true, 9, 0, 0));
    }

    @Test
    void canBeRemoved() {
        var ada = protectedAccount("removed@example.org");
        var pending = challenge("removed@example.org");

        Answers.of(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin())));

        assertThat(login("removed@example.org").session()).isNotNull();
        assertThat(kind(recover(pending, ada.recoveryCodes().get(0)))).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(security(ada)).isEqualTo(new SecondFactors.AccountSecurity(true, false, 0, 0, 0));
        assertThat(kind(bus.ask(SecondFactors.RENEW_CODES, new SecondFactors.RenewCodes(ada.caller(), ada.origin()))))
                .isEqualTo(Kind.CONFLICT);
        assertThat(kind(confirm(ada.session(), ada.app().nextCode()))).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void canBeRemovedByAnAdministratorWhoEndsTheSessions() {
        var ada = protectedAccount("lost@example.org");
        var reset = new Administration.ResetFactors(ada.caller(), ada.caller().userId(), ada.origin());
        assertThat(kind(bus.ask(Administration.RESET_FACTORS, reset))).isEqualTo(Kind.FORBIDDEN);
        var nobody = new Administration.ResetFactors(Fixtures.margaret, new UUID(4, 4), ada.origin());
        assertThat(kind(bus.ask(Administration.RESET_FACTORS, nobody))).isEqualTo(Kind.NOT_FOUND);

        var ended = Answers.of(bus.ask(
                Administration.RESET_FACTORS,
                new Administration.ResetFactors(Fixtures.margaret, ada.caller().userId(), ada.origin())));

        assertThat(ended.ids()).containsExactly(ada.session().sessionId());
        assertThat(kind(bus.ask(
                        Sessions.REFRESH, new Sessions.Refresh(ada.session().refreshToken(), CLIENT))))
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(login("lost@example.org").session()).isNotNull();
        assertThat(Answers.of(bus.ask(
                                Administration.RESET_FACTORS_BY_EMAIL,
                                new Administration.ResetFactorsByEmail("LOST@example.org")))
                        .ids())
                .hasSize(1);
    }

    @Test
    void areRecordedAsSecurityEvents() {
        var ada = protectedAccount("recorded@example.org");
        var challenge = challenge("recorded@example.org");
        problemOf(complete(challenge, ada.app().code(1_000)));
        problemOf(recover(challenge, new Secret(WRONG)));
        Answers.of(recover(challenge, ada.recoveryCodes().get(0)));
        Answers.of(complete(challenge("recorded@example.org"), ada.app().nextCode()));
        Answers.of(bus.ask(SecondFactors.RENEW_CODES, new SecondFactors.RenewCodes(ada.caller(), ada.origin())));
        Answers.of(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin())));

        assertThat(recorded(ada))
                .containsExactly(
                        "account.registered",
                        "sign_in.succeeded {\"method\":\"registration\"}",
                        "mfa.enabled {\"method\":\"totp\"}",
                        "mfa.codes_created",
                        "sign_in.failed {\"method\":\"totp\",\"reason\":\"wrong_code\"}",
                        "sign_in.failed {\"method\":\"recovery_code\",\"reason\":\"wrong_code\"}",
                        "mfa.code_used {\"codes_left\":9}",
                        "sign_in.succeeded {\"method\":\"recovery_code\"}",
                        "sign_in.succeeded {\"method\":\"totp\"}",
                        "mfa.codes_created",
                        "mfa.disabled {\"method\":\"totp\"}");
    }

    @Test
    void haveSecretsThatAreEncryptedAnewWhenKeysRotate() {
        var ada = protectedAccount("rotated@example.org");
        var before = ciphertext(ada);
        assertThat(before).doesNotContain(ada.app().secret());

        Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
        ApiKeys.Place after = null;
        do {
            after = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(after, 1)))
                    .last();
        } while (after != null);

        assertThat(ciphertext(ada).substring(0, 10)).isNotEqualTo(before.substring(0, 10));
        Answers.of(complete(challenge("rotated@example.org"), ada.app().nextCode()));
    }

    private Account protectedAccount(String email) {
        var session = register(email);
        var app = new AuthenticatorApp(setUp(session).secret().value());
        var code = app.code();
        return new Account(session, app, Answers.of(confirm(session, code)).codes(), code);
    }

    private SignedIn register(String email) {
        return Answers.of(bus.ask(
                Users.REGISTER, new Users.Register(new Users.Registration(email, PASSWORD, null, null), CLIENT)));
    }

    private SecondFactors.TotpSecret setUp(SignedIn session) {
        return Answers.of(bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(caller(session), origin(session))));
    }

    private Future<SecondFactors.RecoveryCodes> confirm(SignedIn session, String code) {
        return bus.ask(
                SecondFactors.CONFIRM_SECRET,
                new SecondFactors.ConfirmSecret(caller(session), origin(session), new Secret(code)));
    }

    private Users.LoggedIn login(String email) {
        return Answers.of(bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT)));
    }

    private SecondFactors.Challenge challenge(String email) {
        return login(email).challenge();
    }

    private Future<SignedIn> complete(SecondFactors.Challenge challenge, String code) {
        return bus.ask(SecondFactors.LOGIN, new SecondFactors.Login(challenge.token(), new Secret(code), null, CLIENT));
    }

    private Future<SignedIn> recover(SecondFactors.Challenge challenge, Secret code) {
        return bus.ask(SecondFactors.LOGIN, new SecondFactors.Login(challenge.token(), null, code, CLIENT));
    }

    private Future<?> prove(Account account, String code) {
        return bus.ask(
                SecondFactors.PROVE, new SecondFactors.Prove(account.caller(), account.origin(), new Secret(code)));
    }

    private SecondFactors.AccountSecurity security(Account account) {
        return Answers.of(bus.ask(SecondFactors.FIND, new SecondFactors.Find(account.caller())));
    }

    private List<String> recorded(Account account) {
        var events = OwnerDatabase.of(database).query("""
                /* test */ SELECT concat_ws(' ', type, detail) FROM security_events WHERE user_id = #{id} ORDER BY seq
                """, row -> row.getString(0));
        return Answers.of(events.list(Parameters.of("id", account.caller().userId())));
    }

    private String ciphertext(Account account) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT encode(encrypted_secret, 'hex') FROM second_factors WHERE user_id = #{id}",
                        row -> row.getString(0))
                .only(Parameters.of("id", account.caller().userId())));
    }

    private void run(String sql, Account account) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", account.caller().userId())));
    }

    private static Kind kind(Future<?> failing) {
        return problemOf(failing).kind();
    }

    private static Caller caller(SignedIn session) {
        return new Caller(session.user().id(), Caller.Role.USER);
    }

    private static Origin origin(SignedIn session) {
        return new Origin(session.sessionId(), CLIENT);
    }
}
