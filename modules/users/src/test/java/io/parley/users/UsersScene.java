package io.parley.users;

import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Credentials;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The users module without limits and without a grace for refresh tokens, and people who register and sign in. */
public record UsersScene(Bus bus) {
    public static final Secret PASSWORD = new Secret("correct horse battery staple");
    public static final Secret OTHER_PASSWORD = new Secret("Tr0ub4dor&3 and more");
    public static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final SessionSettings SESSION_SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));

    /** @param folder for the keyset */
    public static void deploy(Vertx vertx, Bus bus, Database database, Path folder, PasswordSettings passwords) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx, bus, database, UsersSettings.open(passwords, keys, SESSION_SETTINGS, LimitSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        Answers.of(bus.ask(Users.LOGIN, credentials("nobody@example.org", PASSWORD))
                .otherwiseEmpty());
    }

    public SignedIn register(String email) {
        return Answers.of(bus.ask(Users.REGISTER, registration(email, PASSWORD)));
    }

    public SignedIn login(String email, Secret password) {
        return Answers.of(bus.ask(Users.LOGIN, credentials(email, password)).map(Users.LoggedIn::session));
    }

    public Future<SignedIn> refresh(Secret token) {
        return bus.ask(Sessions.REFRESH, new Sessions.Refresh(token, CLIENT));
    }

    public List<Session> sessions(SignedIn signedIn) {
        return Answers.of(bus.ask(Sessions.LIST, new Sessions.ListLive(caller(signedIn), signedIn.sessionId())))
                .items();
    }

    public List<UUID> recentlyEnded() {
        return Answers.of(bus.ask(Sessions.RECENTLY_ENDED, new Sessions.Recent(Duration.ofMinutes(15))))
                .ids();
    }

    public static Caller caller(SignedIn signedIn) {
        return new Caller(signedIn.user().id(), signedIn.user().role());
    }

    public static Users.Register registration(String email, Secret password) {
        return new Users.Register(new Registration(email, password, null, null), CLIENT);
    }

    public static Users.Login credentials(String email, Secret password) {
        return new Users.Login(new Credentials(email, password), CLIENT);
    }
}
