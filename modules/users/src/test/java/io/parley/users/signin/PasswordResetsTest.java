package io.parley.users.signin;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.ForgotPassword;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.MailedLinks.ResetPassword;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Rates;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Mailbox;
import io.parley.testing.postgres.OwnerDatabase;
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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Forgotten passwords, with two senders as on two nodes. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PasswordResetsTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret NEW_PASSWORD = new Secret("as the loom weaves flowers");
    private static final String URL = "https://chat.example.org/parley";
    private static final Mailbox mailbox = Mailbox.open();
    private static int clients;

    private final Bus bus;
    private final Database database;

    PasswordResetsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var mail = new MailSettings("127.0.0.1", mailbox.port(), null, null, "parley@chat.example.org", Tls.NONE, URL);
        var limits = new LimitSettings(
                Rates.NONE,
                Rates.NONE,
                Rates.NONE,
                Rates.parse("3/h"),
                LimitSettings.NONE.turns(),
                LimitSettings.NONE.ofUsers());
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                new UsersSettings(
                        CheapPasswords.settings(1, 30),
                        new KeysetSettings(null, folder.resolve("keyset.json")),
                        SessionSettings.withoutClients(),
                        limits,
                        new AccountSettings(RegistrationMode.OPEN, EmailVerification.OFF, mail),
                        PasskeySettings.LOCAL,
                        OidcSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(vertx.deployVerticle(new MailVerticle(bus, database, mail)));
        Answers.of(vertx.deployVerticle(new MailVerticle(bus, database, mail)));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        Answers.of(login(bus, "nobody@forgot.example.org", PASSWORD).otherwiseEmpty());
    }

    @AfterAll
    static void close() {
        mailbox.close();
    }

    @Test
    void sendALinkThatSetsAPasswordOnce() {
        var ada = register("ada@forgot.example.org");

        Answers.of(forgot("Ada@Forgot.example.org"));
        var mail = mailbox.await("ada@forgot.example.org", 1);

        assertThat(mail.link()).matches(URL + "/reset-password#token=rst_[A-Za-z0-9_-]{43}");
        assertThat(mail.from()).isEqualTo("parley@chat.example.org");
        assertThat(mail.autoSubmitted()).isEqualTo("auto-generated");
        assertThat(mail.type()).startsWith("text/plain");
        assertThat(mail.text().split("https?://", -1)).hasSize(2);
        assertThat(Answers.of(reset(mail.token(), NEW_PASSWORD)).ids()).containsExactly(ada.sessionId());
        assertThat(Answers.of(login(bus, "ada@forgot.example.org", NEW_PASSWORD))
                        .user())
                .returns(ada.user().id(), user -> user.id());
        assertThat(problemOf(login(bus, "ada@forgot.example.org", PASSWORD)).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertRefusedToken(mail.token());
        assertThat(events(ada)).containsSequence("password.reset_requested", "password.reset");
        assertThat(mailbox.to("ada@forgot.example.org")).hasSize(1);
        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT 1 AS one FROM outgoing_mails WHERE email LIKE 'ada@%'")
                        .list(Parameters.none())))
                .isEmpty();
    }

    @Test
    void leaveSecondFactorsAsTheyAre() {
        var email = "second-factor@forgot.example.org";
        var ada = register(email);
        Answers.of(OwnerDatabase.of(database)
                .query("""
                    INSERT INTO second_factors (user_id, secret_id, encrypted_secret, confirmed_at)
                    VALUES (#{user_id}, #{user_id}, '', now())
                    """)
                .run(Parameters.of("user_id", ada.user().id())));
        Answers.of(forgot(email));
        Answers.of(reset(mailbox.await(email, 1).token(), NEW_PASSWORD));

        var login = new Users.Login(new Users.Credentials(email, NEW_PASSWORD), client());
        assertThat(Answers.of(bus.ask(Users.LOGIN, login)))
                .returns(null, Users.LoggedIn::session)
                .extracting(Users.LoggedIn::challenge)
                .isNotNull();
    }

    @Test
    void sayNothingAboutWhoHasAnAccount() {
        Answers.of(forgot("nobody@forgot.example.org"));
        register("hedy@forgot.example.org");
        Answers.of(forgot("hedy@forgot.example.org"));

        mailbox.await("hedy@forgot.example.org", 1);
        assertThat(mailbox.to("nobody@forgot.example.org")).isEmpty();
    }

    @Test
    void sendOnlySoManyToOneAddressWithoutSayingSo() {
        register("often@forgot.example.org");
        for (int mail = 0; mail < 5; mail++) Answers.of(forgot("often@forgot.example.org"));
        register("after@forgot.example.org");
        Answers.of(forgot("after@forgot.example.org"));

        mailbox.await("after@forgot.example.org", 1);
        mailbox.await("often@forgot.example.org", 3);
        assertThat(mailbox.to("often@forgot.example.org")).hasSize(3);
    }

    @Test
    void limitAClient() {
        var mallory = new Client("curl/8", "203.0.113.66");
        for (int mail = 0; mail < 20; mail++)
            Answers.of(bus.ask(
                    MailedLinks.FORGOT_PASSWORD, new ForgotPassword("victim" + mail + "@example.org", mallory)));

        var refused =
                problemOf(bus.ask(MailedLinks.FORGOT_PASSWORD, new ForgotPassword("victim@example.org", mallory)));

        assertThat(refused.kind()).isEqualTo(Kind.LIMITED);
        assertThat(refused.excess().orElseThrow().policies()).containsExactly("mails");
    }

    @Test
    void leaveTheTokenValidIfThePasswordIsRefused() {
        register("bad@forgot.example.org");
        var token = link("bad@forgot.example.org", 1);

        assertThat(problemOf(reset(token, new Secret("parley123"))).faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/new_password");
        Answers.of(reset(token, NEW_PASSWORD));
    }

    @Test
    void acceptTheNewestTokenOnly() {
        register("newest@forgot.example.org");
        var first = link("newest@forgot.example.org", 1);
        var second = link("newest@forgot.example.org", 2);

        assertRefusedToken(first);
        Answers.of(reset(second, NEW_PASSWORD));
    }

    @Test
    void acceptNoTokenAfterAnotherChangeOfThePassword() {
        var user = register("changed@forgot.example.org");
        var token = link("changed@forgot.example.org", 1);
        var change = new Users.PasswordChange(PASSWORD, new Secret("yet another long password"));
        Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        new Caller(user.user().id(), user.user().role()), user.sessionId(), change, client())));

        assertRefusedToken(token);
    }

    @Test
    void acceptNoExpiredAndNoInventedToken() {
        var user = register("late@forgot.example.org");
        var token = link("late@forgot.example.org", 1);
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE account_tokens SET expires_at = now() WHERE user_id = #{id}")
                .run(Parameters.of("id", user.user().id())));

        assertRefusedToken(token);
        assertRefusedToken("rst_" + "A".repeat(43));
    }

    @Test
    void keepOnlyAHashOfTheToken() {
        register("hash@forgot.example.org");
        var token = link("hash@forgot.example.org", 1);

        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT t::text AS text FROM account_tokens t", row -> Rows.text(row, "text"))
                        .list(Parameters.none())))
                .isNotEmpty()
                .noneMatch(row -> row.contains(token));
    }

    private String link(String email, int number) {
        Answers.of(forgot(email));
        return mailbox.await(email, number).token();
    }

    private SignedIn register(String email) {
        var registration = new Users.Registration(email, PASSWORD, null, null);
        return Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, client())));
    }

    private static Future<SignedIn> login(Bus bus, String email, Secret password) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, password), client()))
                .map(Users.LoggedIn::session);
    }

    private Future<?> forgot(String email) {
        return bus.ask(MailedLinks.FORGOT_PASSWORD, new ForgotPassword(email, client()));
    }

    private Future<Sessions.Ended> reset(String token, Secret password) {
        return bus.ask(
                MailedLinks.RESET_PASSWORD,
                new ResetPassword(new PasswordReset(new Secret(token), password), client()));
    }

    private void assertRefusedToken(String token) {
        assertThat(problemOf(reset(token, NEW_PASSWORD)).faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/token");
    }

    private List<String> events(SignedIn user) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT type FROM security_events WHERE user_id = #{user_id} ORDER BY seq",
                        row -> Rows.text(row, "type"))
                .list(Parameters.of("user_id", user.user().id())));
    }

    // Each from another address, because an address is limited.
    private static synchronized Client client() {
        clients++;
        return new Client("curl/8", "198.51.100." + clients);
    }
}
