package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.MailedLinks.ResetPassword;
import io.parley.contracts.users.MailedLinks.SendVerification;
import io.parley.contracts.users.MailedLinks.UseLink;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server on which nobody signs in before the e-mail address is confirmed. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class AddressRulesTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret OTHER_PASSWORD = new Secret("as the loom weaves flowers");
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final String URL = "https://chat.example.org";
    private static final Mailbox mailbox = Mailbox.open();

    private final Bus bus;
    private final Database database;

    AddressRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
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
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        Answers.of(login(bus, "nobody@address.example.org", PASSWORD).otherwiseEmpty());
    }

    @AfterAll
    static void close() {
        mailbox.close();
    }

    @Test
    void askForTheLinkBeforeTheFirstSignIn() {
        var email = "ada@address.example.org";
        Answers.of(register(email, PASSWORD));

        var refused = problemOf(login(bus, email, PASSWORD));
        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(login(bus, email, OTHER_PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        var mail = mailbox.await(email, 1);
        assertThat(mail.link()).matches(URL + "/verify-email#token=evt_[A-Za-z0-9_-]{43}");
        Answers.of(verify(mail.token()));

        var user = Answers.of(login(bus, email, PASSWORD)).user();
        assertThat(user.emailVerified()).isTrue();
        assertRefusedToken(verify(mail.token()));
        assertThat(events(user)).contains("account.email_verified");
    }

    @Test
    void areAskedForBeforeASecondFactor() {
        var email = "second-factor@address.example.org";
        var ada = verified(email);
        Answers.of(OwnerDatabase.of(database)
                .query("""
                    INSERT INTO second_factors (user_id, secret_id, encrypted_secret, confirmed_at)
                    VALUES (#{user_id}, #{user_id}, '', now())
                    """)
                .run(Parameters.of("user_id", ada.user().id())));
        var login = new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT);
        assertThat(Answers.of(bus.ask(Users.LOGIN, login)).challenge()).isNotNull();
        unverify(ada);

        assertThat(problemOf(bus.ask(Users.LOGIN, login)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void letNobodyRegisterBesideTheMail() {
        var registration = new Users.Registration("beside@address.example.org", PASSWORD, null, null);

        assertThat(problemOf(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void tellOnlyTheOwnerThatThereIsAnAccount() {
        var email = "twice@address.example.org";
        Answers.of(register(email, PASSWORD));
        Answers.of(verify(mailbox.await(email, 1).token()));

        Answers.of(register(email, OTHER_PASSWORD));

        var mail = mailbox.await(email, 2);
        assertThat(mail.subject()).contains("already");
        assertThat(problemOf(login(bus, email, OTHER_PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(login(bus, email, PASSWORD));
    }

    // A stranger has registered the address first, and waits for its owner to confirm it.
    @Test
    void giveTheAccountToWhoeverReadsTheMail() {
        var email = "stolen@address.example.org";
        Answers.of(register(email, PASSWORD));
        mailbox.await(email, 1);
        Answers.of(register(email, OTHER_PASSWORD));

        var token = mailbox.await(email, 2).token();
        assertThat(token).startsWith("rst_");
        Answers.of(bus.ask(
                MailedLinks.RESET_PASSWORD,
                new ResetPassword(new PasswordReset(new Secret(token), OTHER_PASSWORD), CLIENT)));

        assertThat(problemOf(login(bus, email, PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(Answers.of(login(bus, email, OTHER_PASSWORD)).user().emailVerified())
                .isTrue();
    }

    @Test
    void sendTheLinkAgain() {
        var email = "again@address.example.org";
        Answers.of(register(email, PASSWORD));
        var first = mailbox.await(email, 1).token();
        Answers.of(bus.ask(MailedLinks.SEND_VERIFICATION, new SendVerification(email, CLIENT)));
        Answers.of(bus.ask(MailedLinks.SEND_VERIFICATION, new SendVerification("nobody@address.example.org", CLIENT)));

        var second = mailbox.await(email, 2).token();

        assertRefusedToken(verify(first));
        assertRefusedToken(confirm(second));
        Answers.of(verify(second));
        assertThat(mailbox.to("nobody@address.example.org")).isEmpty();
    }

    @Test
    void changeAnAddressWhenBothAreConfirmed() {
        var ada = verified("old@address.example.org");

        var pending = Answers.of(change(ada, "New@address.example.org"));

        assertThat(pending.email()).isEqualTo("old@address.example.org");
        assertThat(pending.pendingEmail()).isEqualTo("new@address.example.org");
        var toNew = mailbox.await("new@address.example.org", 1);
        assertThat(toNew.link()).matches(URL + "/confirm-email#token=eml_[A-Za-z0-9_-]{43}");
        Answers.of(confirm(toNew.token()));
        assertThat(me(ada).email()).isEqualTo("old@address.example.org");
        Answers.of(confirm(mailbox.await("old@address.example.org", 2).token()));

        assertThat(me(ada))
                .returns("new@address.example.org", User::email)
                .returns(true, User::emailVerified)
                .returns(null, User::pendingEmail);
        assertRefusedToken(confirm(toNew.token()));
        assertThat(events(ada.user())).endsWith("account.email_changed");
    }

    @Test
    void askOnlyTheNewAddressIfTheOldOneWasNeverConfirmed() {
        var ada = verified("unproven@address.example.org");
        unverify(ada);

        Answers.of(change(ada, "proven@address.example.org"));
        Answers.of(confirm(mailbox.await("proven@address.example.org", 1).token()));

        assertThat(me(ada)).returns("proven@address.example.org", User::email).returns(true, User::emailVerified);
    }

    @Test
    void giveUpAChangeForAnotherOne() {
        var ada = verified("several@address.example.org");
        unverify(ada);
        Answers.of(change(ada, "first@address.example.org"));
        var first = mailbox.await("first@address.example.org", 1).token();
        Answers.of(change(ada, "several@address.example.org"));

        assertThat(me(ada).pendingEmail()).isNull();
        assertRefusedToken(confirm(first));
    }

    @Test
    void revealNothingAboutTheAddressOfAnotherAccount() {
        verified("grace@address.example.org");
        var mallory = verified("mallory@address.example.org");

        assertThat(Answers.of(change(mallory, "grace@address.example.org")).pendingEmail())
                .isEqualTo("grace@address.example.org");

        var mail = mailbox.await("grace@address.example.org", 2);
        assertThat(mail.link()).isEqualTo(URL + "/");
    }

    @Test
    void takeNoAddressThatAnAccountHasByThen() {
        var ada = verified("late@address.example.org");
        unverify(ada);
        Answers.of(change(ada, "wanted@address.example.org"));
        var token = mailbox.await("wanted@address.example.org", 1).token();
        Answers.of(register("wanted@address.example.org", PASSWORD));

        assertThat(problemOf(confirm(token)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(me(ada).email()).isEqualTo("late@address.example.org");
    }

    @Test
    void sendInvitations() {
        var created = Answers.of(bus.ask(
                Invitations.INVITE,
                new Invitations.Invite(new InvitationDraft("hedy@address.example.org", null, null))));

        var token = mailbox.await("hedy@address.example.org", 1).token();

        assertThat(token)
                .matches("inv_[A-Za-z0-9_-]{43}")
                .isNotEqualTo(created.token().value());
        var registration = new Users.Registration("hedy@address.example.org", PASSWORD, null, null, new Secret(token));
        Answers.of(bus.ask(Users.REGISTER_UNVERIFIED, new Users.Register(registration, CLIENT)));
        mailbox.await("hedy@address.example.org", 2);
    }

    // As after an attempt that failed.
    @Test
    void sendLaterWhatIsNotDueYet() {
        var email = "later@address.example.org";
        Answers.of(OwnerDatabase.of(database)
                .query("""
                        INSERT INTO outgoing_mails (id, kind, email, attempts, due_at)
                        VALUES (#{id}, 'verification', #{email}, 3, now() + interval '1 hour')
                        """)
                .run(Parameters.of("id", UUID.randomUUID()).and("email", email)));
        Answers.of(register(email, PASSWORD));
        mailbox.await(email, 1);
        assertThat(mailbox.to(email)).hasSize(1);

        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE outgoing_mails SET due_at = now() WHERE email = #{email}")
                .run(Parameters.of("email", email)));
        Answers.of(register("trigger@address.example.org", PASSWORD));

        mailbox.await(email, 2);
    }

    @Test
    void setAFirstPasswordAfterARecentSignIn() {
        var ada = verified("first-password@address.example.org");
        assertThat(problemOf(setPassword(ada)).faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/current_password");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET password_hash = NULL WHERE id = #{id}")
                .run(Parameters.of("id", ada.user().id())));
        assertThat(problemOf(login(bus, "first-password@address.example.org", PASSWORD))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        age(ada, "1 hour");
        assertThat(problemOf(setPassword(ada)).kind()).isEqualTo(Kind.SIGN_IN_NOT_RECENT);

        age(ada, "0 s");
        Answers.of(setPassword(ada));

        Answers.of(login(bus, "first-password@address.example.org", OTHER_PASSWORD));
    }

    private void age(SignedIn user, String time) {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE sessions SET signed_in_at = now() - #{time}::text::interval WHERE user_id = #{id}")
                .run(Parameters.of("id", user.user().id()).and("time", time)));
    }

    private Future<?> setPassword(SignedIn user) {
        return bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(user), user.sessionId(), new Users.PasswordChange(null, OTHER_PASSWORD), CLIENT));
    }

    private SignedIn verified(String email) {
        Answers.of(register(email, PASSWORD));
        Answers.of(verify(mailbox.await(email, 1).token()));
        return Answers.of(login(bus, email, PASSWORD));
    }

    private void unverify(SignedIn user) {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET email_verified = false WHERE id = #{id}")
                .run(Parameters.of("id", user.user().id())));
    }

    private Future<None> register(String email, Secret password) {
        var registration = new Users.Registration(email, password, null, null);
        return bus.ask(Users.REGISTER_UNVERIFIED, new Users.Register(registration, CLIENT));
    }

    private static Future<SignedIn> login(Bus bus, String email, Secret password) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, password), CLIENT))
                .map(Users.LoggedIn::session);
    }

    private Future<None> verify(String token) {
        return use(MailedLinks.VERIFY, token);
    }

    private Future<None> confirm(String token) {
        return use(MailedLinks.CONFIRM_ADDRESS, token);
    }

    private Future<None> use(Address<UseLink, None> address, String token) {
        return bus.ask(address, new UseLink(new Secret(token), CLIENT));
    }

    private Future<User> change(SignedIn user, String email) {
        var patch = new Users.UserPatch(Patch.absent(), Patch.absent(), Patch.to(email), Patch.absent(), null);
        return bus.ask(Users.UPDATE, new Users.Update(caller(user), user.sessionId(), Versions.ANY, patch, CLIENT));
    }

    private User me(SignedIn user) {
        return Answers.of(bus.ask(Users.FIND, new Users.Find(caller(user))));
    }

    private static Caller caller(SignedIn user) {
        return new Caller(user.user().id(), user.user().role());
    }

    private static void assertRefusedToken(Future<?> use) {
        assertThat(problemOf(use).faults()).extracting(Problem.Fault::pointer).containsExactly("/token");
    }

    private List<String> events(User user) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT type FROM security_events WHERE user_id = #{user_id} ORDER BY seq",
                        row -> Rows.text(row, "type"))
                .list(Parameters.of("user_id", user.id())));
    }
}
