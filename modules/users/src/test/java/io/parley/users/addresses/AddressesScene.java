package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.UseLink;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.Mailbox;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.users.AccountSettings;
import io.parley.users.AdministratorsVerticle;
import io.parley.users.CheapPasswords;
import io.parley.users.MailVerticle;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.mail.MailSettings;
import io.parley.users.mail.MailSettings.Tls;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.passkeys.PasskeySettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server on which nobody signs in before the e-mail address is confirmed, and the mails that it has sent. */
record AddressesScene(Bus bus, Database database, Mailbox mailbox) {
    static final Secret PASSWORD = new Secret("correct horse battery staple");
    static final Secret OTHER_PASSWORD = new Secret("as the loom weaves flowers");
    static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    static final String URL = "https://chat.example.org";

    static AddressesScene open(Vertx vertx, Bus bus, Database database, Path folder) {
        var mailbox = Mailbox.open();
        var mail = new MailSettings("127.0.0.1", mailbox.port(), null, null, "parley@chat.example.org", Tls.NONE, URL);
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(1, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        new SessionSettings(
                                new Secret("a key of thirty-two bytes or more, for tests"),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(10)),
                        LimitSettings.NONE,
                        new AccountSettings(RegistrationMode.OPEN, EmailVerification.REQUIRED, mail),
                        PasskeySettings.LOCAL,
                        OidcSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(vertx.deployVerticle(new AdministratorsVerticle(bus, database, true)));
        Answers.of(vertx.deployVerticle(new MailVerticle(bus, database, mail)));
        var scene = new AddressesScene(bus, database, mailbox);
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        Answers.of(scene.login("nobody@address.example.org", PASSWORD).otherwiseEmpty());
        return scene;
    }

    void close() {
        mailbox.close();
    }

    Future<SignedIn> login(String email, Secret password) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, password), CLIENT))
                .map(Users.LoggedIn::session);
    }

    private Future<None> use(Address<UseLink, None> address, String token) {
        return bus.ask(address, new UseLink(new Secret(token), CLIENT));
    }

    static Caller caller(SignedIn user) {
        return new Caller(user.user().id(), user.user().role());
    }

    static void assertRefusedToken(Future<?> use) {
        assertThat(problemOf(use).faults()).extracting(Problem.Fault::pointer).containsExactly("/token");
    }

    SignedIn verified(String email) {
        Answers.of(register(email, PASSWORD));
        Answers.of(verify(mailbox.await(email, 1).token()));
        return Answers.of(login(email, PASSWORD));
    }

    void unverify(SignedIn user) {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET email_verified = false WHERE id = #{id}")
                .run(Parameters.of("id", user.user().id())));
    }

    Future<None> register(String email, Secret password) {
        return register(email, password, null);
    }

    Future<None> register(String email, Secret password, @Nullable Secret invitation) {
        var registration = new Users.Registration(email, password, null, null, invitation);
        return bus.ask(Users.REGISTER_UNVERIFIED, new Users.Register(registration, CLIENT));
    }

    Future<None> verify(String token) {
        return use(MailedLinks.VERIFY, token);
    }

    Future<None> confirm(String token) {
        return use(MailedLinks.CONFIRM_ADDRESS, token);
    }

    Future<User> change(SignedIn user, String email) {
        var patch = new Users.UserPatch(Patch.absent(), Patch.absent(), Patch.to(email), Patch.absent(), null);
        return bus.ask(Users.UPDATE, new Users.Update(caller(user), user.sessionId(), Versions.ANY, patch, CLIENT));
    }

    User me(SignedIn user) {
        return Answers.of(bus.ask(Users.FIND, new Users.Find(caller(user))));
    }

    List<String> events(User user) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT type FROM security_events WHERE user_id = #{user_id} ORDER BY seq",
                        row -> Rows.text(row, "type"))
                .list(Parameters.of("user_id", user.id())));
    }
}
