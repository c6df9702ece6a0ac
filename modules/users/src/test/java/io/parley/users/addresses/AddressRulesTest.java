package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.addresses.AddressesScene.CLIENT;
import static io.parley.users.addresses.AddressesScene.OTHER_PASSWORD;
import static io.parley.users.addresses.AddressesScene.PASSWORD;
import static io.parley.users.addresses.AddressesScene.URL;
import static io.parley.users.addresses.AddressesScene.assertRefusedToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.MailedLinks.PasswordReset;
import io.parley.contracts.users.MailedLinks.ResetPassword;
import io.parley.contracts.users.MailedLinks.SendVerification;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nobody signs in before the e-mail address is confirmed. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class AddressRulesTest {
    private static AddressesScene scene;

    private final Bus bus;

    AddressRulesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = AddressesScene.open(vertx, bus, database, folder);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void askForTheLinkBeforeTheFirstSignIn() {
        var email = "ada@address.example.org";
        Answers.of(scene.register(email, PASSWORD));

        var refused = problemOf(scene.login(email, PASSWORD));
        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(scene.login(email, OTHER_PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        var mail = scene.mailbox().await(email, 1);
        assertThat(mail.link()).matches(URL + "/verify-email#token=evt_[A-Za-z0-9_-]{43}");
        Answers.of(scene.verify(mail.token()));

        var user = Answers.of(scene.login(email, PASSWORD)).user();
        assertThat(user.emailVerified()).isTrue();
        assertRefusedToken(scene.verify(mail.token()));
        assertThat(scene.events(user)).contains("account.email_verified");
    }

    @Test
    void areAskedForBeforeASecondFactor() {
        var email = "second-factor@address.example.org";
        var ada = scene.verified(email);
        Answers.of(OwnerDatabase.of(scene.database())
                .query("""
                    INSERT INTO second_factors (user_id, secret_id, encrypted_secret, confirmed_at)
                    VALUES (#{user_id}, #{user_id}, '', now())
                    """)
                .run(Parameters.of("user_id", ada.user().id())));
        var login = new Users.Login(new Users.Credentials(email, PASSWORD), CLIENT);
        assertThat(Answers.of(bus.ask(Users.LOGIN, login)).challenge()).isNotNull();
        scene.unverify(ada);

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
        Answers.of(scene.register(email, PASSWORD));
        Answers.of(scene.verify(scene.mailbox().await(email, 1).token()));

        Answers.of(scene.register(email, OTHER_PASSWORD));

        var mail = scene.mailbox().await(email, 2);
        assertThat(mail.subject()).contains("already");
        assertThat(problemOf(scene.login(email, OTHER_PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(scene.login(email, PASSWORD));
    }

    // A stranger has registered the address first, and waits for its owner to confirm it.
    @Test
    void giveTheAccountToWhoeverReadsTheMail() {
        var email = "stolen@address.example.org";
        Answers.of(scene.register(email, PASSWORD));
        scene.mailbox().await(email, 1);
        Answers.of(scene.register(email, OTHER_PASSWORD));

        var token = scene.mailbox().await(email, 2).token();
        assertThat(token).startsWith("rst_");
        Answers.of(bus.ask(
                MailedLinks.RESET_PASSWORD,
                new ResetPassword(new PasswordReset(new Secret(token), OTHER_PASSWORD), CLIENT)));

        assertThat(problemOf(scene.login(email, PASSWORD)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(Answers.of(scene.login(email, OTHER_PASSWORD)).user().emailVerified())
                .isTrue();
    }

    @Test
    void sendTheLinkAgain() {
        var email = "again@address.example.org";
        Answers.of(scene.register(email, PASSWORD));
        var first = scene.mailbox().await(email, 1).token();
        Answers.of(bus.ask(MailedLinks.SEND_VERIFICATION, new SendVerification(email, CLIENT)));
        Answers.of(bus.ask(MailedLinks.SEND_VERIFICATION, new SendVerification("nobody@address.example.org", CLIENT)));

        var second = scene.mailbox().await(email, 2).token();

        assertRefusedToken(scene.verify(first));
        assertRefusedToken(scene.confirm(second));
        Answers.of(scene.verify(second));
        assertThat(scene.mailbox().to("nobody@address.example.org")).isEmpty();
    }
}
