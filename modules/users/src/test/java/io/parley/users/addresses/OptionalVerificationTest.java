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
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Mailbox;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.AccountSettings;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class OptionalVerificationTest {
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final String EMAIL = "ada@optional.example.org";

    @Test
    void signsInAtOnceAndSendsALink(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        try (var mailbox = Mailbox.open()) {
            deploy(vertx, bus, database, folder, mailbox);
            // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
            var nobody = new Users.Credentials("nobody@optional.example.org", new Secret("a password of nobody"));
            Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, CLIENT)).otherwiseEmpty());

            var ada = Answers.of(register(bus));
            assertThat(ada.user().emailVerified()).isFalse();
            var token = mailbox.await(EMAIL, 1).token();
            Answers.of(bus.ask(MailedLinks.VERIFY, new UseLink(new Secret(token), CLIENT)));

            var caller = new Caller(ada.user().id(), ada.user().role());
            assertThat(Answers.of(bus.ask(Users.FIND, new Users.Find(caller)))).returns(true, User::emailVerified);
            assertThat(problemOf(register(bus)).kind()).isEqualTo(Kind.CONFLICT);
        }
    }

    private static void deploy(Vertx vertx, Bus bus, Database database, Path folder, Mailbox mailbox) {
        var mail = new MailSettings(
                "127.0.0.1",
                mailbox.port(),
                null,
                null,
                "parley@chat.example.org",
                Tls.NONE,
                "https://chat.example.org");
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(1, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        SessionSettings.withoutClients(),
                        LimitSettings.NONE,
                        new AccountSettings(RegistrationMode.OPEN, EmailVerification.OPTIONAL, mail),
                        PasskeySettings.LOCAL,
                        OidcSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(vertx.deployVerticle(new MailVerticle(bus, database, mail)));
    }

    private static Future<SignedIn> register(Bus bus) {
        var registration = new Users.Registration(EMAIL, new Secret("correct horse battery staple"), null, null);
        return bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT));
    }
}
