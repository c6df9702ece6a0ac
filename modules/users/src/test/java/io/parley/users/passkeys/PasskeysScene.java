package io.parley.users.passkeys;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.identities.Passkey;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.contracts.users.identities.Passkeys.NewPasskey;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Two instances of the users module, which answer in turn, and owners of passkeys. */
record PasskeysScene(Bus bus, Database database) {
    static final String ORIGIN = "https://chat.example.org";
    static final Secret PASSWORD = new Secret("correct horse battery staple");
    static final Client CLIENT = new Client("curl/8", "203.0.113.1");
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));

    record Owner(SignedIn session, SoftwareAuthenticator authenticator) {
        Caller caller() {
            return new Caller(session.user().id(), Caller.Role.USER);
        }

        Origin origin() {
            return new Origin(session.sessionId(), CLIENT);
        }
    }

    static PasskeysScene deploy(Vertx vertx, Bus bus, Database database, Path folder) {
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
        return new PasskeysScene(bus, database);
    }

    Owner owner(String email) {
        var owner = register(email);
        Answers.of(add(owner, owner.authenticator().create(newOptions(owner))));
        return owner;
    }

    Owner register(String email) {
        var session = Answers.of(bus.ask(
                Users.REGISTER, new Users.Register(new Users.Registration(email, PASSWORD, null, null), CLIENT)));
        return new Owner(session, new SoftwareAuthenticator(ORIGIN));
    }

    String newOptions(Owner owner) {
        return Answers.of(bus.ask(Passkeys.NEW_OPTIONS, new Passkeys.NewOptions(owner.caller(), owner.origin())))
                .json()
                .text();
    }

    Future<Passkey> add(Owner owner, String credential) {
        return bus.ask(
                Passkeys.ADD,
                new Passkeys.Add(
                        owner.caller(), owner.origin(), Ids.next(), new NewPasskey("My phone", new Json(credential))));
    }

    List<Passkey> list(Owner owner) {
        return Answers.of(bus.ask(Passkeys.LIST, new Passkeys.ListMine(owner.caller())))
                .items();
    }

    String loginOptions() {
        return Answers.of(bus.ask(Passkeys.LOGIN_OPTIONS, new Passkeys.LoginOptions()))
                .json()
                .text();
    }

    Future<SignedIn> login(String credential) {
        return bus.ask(Passkeys.LOGIN, new Passkeys.Login(new Json(credential), CLIENT));
    }

    Future<?> prove(Owner owner, String credential) {
        return bus.ask(Passkeys.PROVE, new Passkeys.Prove(owner.caller(), owner.origin(), new Json(credential)));
    }

    List<String> recorded(Owner owner) {
        var events = OwnerDatabase.of(database).query("""
                /* test */ SELECT concat_ws(' ', type, detail) FROM security_events WHERE user_id = #{id} ORDER BY seq
                """, row -> row.getString(0));
        return Answers.of(events.list(Parameters.of("id", owner.caller().userId())));
    }

    void run(String sql, Owner owner) {
        Answers.of(OwnerDatabase.of(database)
                .query(sql)
                .run(Parameters.of("id", owner.caller().userId())));
    }
}
