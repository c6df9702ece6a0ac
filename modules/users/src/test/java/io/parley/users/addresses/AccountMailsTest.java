package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.addresses.AddressesScene.OTHER_PASSWORD;
import static io.parley.users.addresses.AddressesScene.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AccountMailsTest {
    private static AddressesScene scene;

    private final Bus bus;

    AccountMailsTest(Bus bus) {
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
    void carryInvitations() {
        var created = Answers.of(bus.ask(
                Invitations.INVITE,
                new Invitations.Invite(new InvitationDraft("hedy@address.example.org", null, null))));

        var token = scene.mailbox().await("hedy@address.example.org", 1).token();

        assertThat(token)
                .matches("inv_[A-Za-z0-9_-]{43}")
                .isNotEqualTo(created.token().value());
        Answers.of(scene.register("hedy@address.example.org", PASSWORD, new Secret(token)));
        scene.mailbox().await("hedy@address.example.org", 2);
    }

    @Test
    void useAnInvitationUpWhetherOrNotThereIsAnAccount() {
        var email = "invited-twice@address.example.org";
        Answers.of(scene.register(email, PASSWORD));
        var invitation = Answers.of(
                        bus.ask(Invitations.INVITE, new Invitations.Invite(new InvitationDraft(null, null, null))))
                .token();

        Answers.of(scene.register(email, OTHER_PASSWORD, invitation));

        assertThat(problemOf(scene.register("new@address.example.org", PASSWORD, invitation))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    // As after an attempt that failed.
    @Test
    void areSentLaterIfTheyAreNotDueYet() {
        var email = "later@address.example.org";
        Answers.of(OwnerDatabase.of(scene.database())
                .query("""
                        INSERT INTO outgoing_mails (id, kind, email, attempts, due_at)
                        VALUES (#{id}, 'verification', #{email}, 3, now() + interval '1 hour')
                        """)
                .run(Parameters.of("id", UUID.randomUUID()).and("email", email)));
        Answers.of(scene.register(email, PASSWORD));
        scene.mailbox().await(email, 1);
        assertThat(scene.mailbox().to(email)).hasSize(1);

        Answers.of(OwnerDatabase.of(scene.database())
                .query("UPDATE outgoing_mails SET due_at = now() WHERE email = #{email}")
                .run(Parameters.of("email", email)));
        Answers.of(scene.register("trigger@address.example.org", PASSWORD));

        scene.mailbox().await(email, 2);
    }
}
