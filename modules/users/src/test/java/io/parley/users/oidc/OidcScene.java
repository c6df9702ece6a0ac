package io.parley.users.oidc;

import static io.parley.testing.Answers.problemOf;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.Oidc.Finished;
import io.parley.contracts.users.Oidc.ProviderAnswer;
import io.parley.contracts.users.Oidc.Started;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.identities.Identities;
import io.parley.contracts.users.identities.Identity;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.signin.ScriptedProvider;
import io.parley.testing.signin.ScriptedProvider.Callback;
import io.parley.users.AccountSettings;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.passkeys.PasskeySettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The users module with providers, and a browser that goes through the flow. */
record OidcScene(Bus bus, Database database, Map<String, ScriptedProvider> providers) {
    static final String CALLBACK = "https://chat.example.org/api/v1/auth/oidc/%s/callback";
    static final Secret PASSWORD = new Secret("correct horse battery staple");
    static final Client CLIENT = new Client("curl/8", "203.0.113.1");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));

    /** With the provider {@code acme}, one that is {@code trusted}, and one that is {@code down}; two instances answer in turn. */
    static OidcScene deploy(Vertx vertx, Bus bus, Database database, Path folder, AccountSettings accounts) {
        var acme = ScriptedProvider.start(vertx);
        var trusted = ScriptedProvider.start(vertx);
        var down = ScriptedProvider.start(vertx);
        var settings = new OidcSettings(List.of(
                settings("acme", acme.issuer(), false),
                settings("trusted", trusted.issuer(), true),
                settings("down", down.issuer(), false)));
        down.close();
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(2, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        SETTINGS,
                        LimitSettings.NONE,
                        accounts,
                        PasskeySettings.LOCAL,
                        settings));
        for (int node = 0; node < 2; node++) Answers.of(vertx.deployVerticle(instances.get()));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, CLIENT)).otherwiseEmpty());
        return new OidcScene(bus, database, Map.of("acme", acme, "trusted", trusted));
    }

    private static ProviderSettings settings(String name, String issuer, boolean isTrusted) {
        return new ProviderSettings(
                name,
                name,
                URI.create(issuer),
                ScriptedProvider.CLIENT_ID,
                new Secret(ScriptedProvider.CLIENT_SECRET),
                List.of("openid", "email", "profile"),
                isTrusted,
                isTrusted);
    }

    ScriptedProvider acme() {
        return providers.get("acme");
    }

    ScriptedProvider provider(String name) {
        return providers.get(name);
    }

    Started start(String name, boolean link) {
        return Answers.of(bus.ask(Oidc.START, new Oidc.Start(name, CALLBACK.formatted(name), "/settings?tab=1", link)));
    }

    Future<Finished> finish(String name, Secret browser, Callback callback) {
        return finish(
                name,
                browser,
                new ProviderAnswer(new Secret(callback.code()), callback.state(), callback.issuer(), null));
    }

    Future<Finished> finish(String name, Secret browser, ProviderAnswer answer) {
        return bus.ask(Oidc.FINISH, new Oidc.Finish(name, CALLBACK.formatted(name), browser, answer, CLIENT));
    }

    /** From the start to the callback, as the provider's user. */
    Finished arrive(String name, boolean link) {
        var started = start(name, link);
        return Answers.of(finish(name, started.browser(), provider(name).authorize(started.location())));
    }

    Future<LoggedIn> exchange(Secret code) {
        return bus.ask(Oidc.EXCHANGE, new Oidc.Exchange(code, CLIENT));
    }

    /** The session of the provider's user. */
    SignedIn signIn(String name) {
        return Answers.of(exchange(arrive(name, false).code())).session();
    }

    SignedIn register(String email) {
        var registration = new Users.Registration(email, PASSWORD, null, null);
        return Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));
    }

    Future<Identity> link(SignedIn session, Secret code) {
        return bus.ask(Identities.LINK, new Identities.Link(caller(session), origin(session), Ids.next(), code));
    }

    List<Identity> list(SignedIn session) {
        return Answers.of(bus.ask(Identities.LIST, new Identities.ListMine(caller(session))))
                .items();
    }

    Future<?> unlink(SignedIn session, Identity identity) {
        return bus.ask(Identities.UNLINK, new Identities.Unlink(caller(session), origin(session), identity.id()));
    }

    static Problem.Kind kind(Future<?> failing) {
        return problemOf(failing).kind();
    }

    static Caller caller(SignedIn session) {
        return new Caller(session.user().id(), Caller.Role.USER);
    }

    static Origin origin(SignedIn session) {
        return new Origin(session.sessionId(), CLIENT);
    }

    void close() {
        providers.values().forEach(ScriptedProvider::close);
    }

    /** The types of the security events of this account, oldest first. */
    List<String> recorded(SignedIn session) {
        return Answers.of(OwnerDatabase.of(database)
                .query("SELECT type FROM security_events WHERE user_id = #{id} ORDER BY seq", row -> row.getString(0))
                .list(Parameters.of("id", session.user().id())));
    }

    /** @param sql with the parameter {@code id}, the one of the account */
    void run(String sql, SignedIn session) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", session.user().id())));
    }
}
