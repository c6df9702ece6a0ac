package io.parley.users.factors;

import static io.parley.testing.Answers.problemOf;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Rates;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
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

/** Two instances of the users module, which answer in turn, and accounts with a second factor. */
record SecondFactorsScene(Bus bus, Database database) {
    static final Secret PASSWORD = new Secret("correct horse battery staple");
    static final Client CLIENT = new Client("curl/8", "203.0.113.1");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));
    private static final LimitSettings LIMITS =
            new LimitSettings(Rates.NONE, Rates.parse("7/15m"), Rates.parse("1000/10m"));

    record Account(SignedIn session, AuthenticatorApp app, List<Secret> recoveryCodes, String confirmedWith) {
        Caller caller() {
            return new Caller(session.user().id(), Caller.Role.USER);
        }

        Origin origin() {
            return new Origin(session.sessionId(), CLIENT);
        }
    }

    static SecondFactorsScene deploy(Vertx vertx, Bus bus, Database database, Path folder) {
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
        return new SecondFactorsScene(bus, database);
    }

    Account protectedAccount(String email) {
        var session = register(email);
        var app = new AuthenticatorApp(setUp(session).secret().value());
        var code = app.code();
        return new Account(session, app, Answers.of(confirm(session, code)).codes(), code);
    }

    SignedIn register(String email) {
        return Answers.of(bus.ask(
                Users.REGISTER, new Users.Register(new Users.Registration(email, PASSWORD, null, null), CLIENT)));
    }

    SecondFactors.TotpSecret setUp(SignedIn session) {
        return Answers.of(bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(caller(session), origin(session))));
    }

    Future<SecondFactors.RecoveryCodes> confirm(SignedIn session, String code) {
        return bus.ask(
                SecondFactors.CONFIRM_SECRET,
                new SecondFactors.ConfirmSecret(caller(session), origin(session), new Secret(code)));
    }

    Users.LoggedIn login(String email) {
        return Answers.of(bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT)));
    }

    SecondFactors.Challenge challenge(String email) {
        return login(email).challenge();
    }

    Future<SignedIn> complete(SecondFactors.Challenge challenge, String code) {
        return bus.ask(SecondFactors.LOGIN, new SecondFactors.Login(challenge.token(), new Secret(code), null, CLIENT));
    }

    Future<SignedIn> recover(SecondFactors.Challenge challenge, Secret code) {
        return bus.ask(SecondFactors.LOGIN, new SecondFactors.Login(challenge.token(), null, code, CLIENT));
    }

    Future<?> prove(Account account, String code) {
        return bus.ask(
                SecondFactors.PROVE, new SecondFactors.Prove(account.caller(), account.origin(), new Secret(code)));
    }

    SecondFactors.AccountSecurity security(Account account) {
        return Answers.of(bus.ask(SecondFactors.FIND, new SecondFactors.Find(account.caller())));
    }

    List<String> recorded(Account account) {
        var events = OwnerDatabase.of(database).query("""
                /* test */ SELECT concat_ws(' ', type, detail) FROM security_events WHERE user_id = #{id} ORDER BY seq
                """, row -> row.getString(0));
        return Answers.of(events.list(Parameters.of("id", account.caller().userId())));
    }

    void run(String sql, Account account) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", account.caller().userId())));
    }

    static Kind kind(Future<?> failing) {
        return problemOf(failing).kind();
    }

    static Caller caller(SignedIn session) {
        return new Caller(session.user().id(), Caller.Role.USER);
    }

    static Origin origin(SignedIn session) {
        return new Origin(session.sessionId(), CLIENT);
    }
}
