package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.addresses.AddressesScene.PASSWORD;
import static io.parley.users.addresses.AddressesScene.URL;
import static io.parley.users.addresses.AddressesScene.assertRefusedToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.User;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AddressChangesTest {
    private static AddressesScene scene;

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = AddressesScene.open(vertx, bus, database, folder);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void needTheConfirmationOfBothAddresses() {
        var ada = scene.verified("old@address.example.org");

        var pending = Answers.of(scene.change(ada, "New@address.example.org"));

        assertThat(pending.email()).isEqualTo("old@address.example.org");
        assertThat(pending.pendingEmail()).isEqualTo("new@address.example.org");
        var toNew = scene.mailbox().await("new@address.example.org", 1);
        assertThat(toNew.link()).matches(URL + "/confirm-email#token=eml_[A-Za-z0-9_-]{43}");
        Answers.of(scene.confirm(toNew.token()));
        assertThat(scene.me(ada).email()).isEqualTo("old@address.example.org");
        Answers.of(scene.confirm(
                scene.mailbox().await("old@address.example.org", 2).token()));

        assertThat(scene.me(ada))
                .returns("new@address.example.org", User::email)
                .returns(true, User::emailVerified)
                .returns(null, User::pendingEmail);
        assertRefusedToken(scene.confirm(toNew.token()));
        assertThat(scene.events(ada.user())).endsWith("account.email_changed");
    }

    @Test
    void askOnlyTheNewAddressIfTheOldOneWasNeverConfirmed() {
        var ada = scene.verified("unproven@address.example.org");
        scene.unverify(ada);

        Answers.of(scene.change(ada, "proven@address.example.org"));
        Answers.of(scene.confirm(
                scene.mailbox().await("proven@address.example.org", 1).token()));

        assertThat(scene.me(ada))
                .returns("proven@address.example.org", User::email)
                .returns(true, User::emailVerified);
    }

    @Test
    void areGivenUpForAnotherOne() {
        var ada = scene.verified("several@address.example.org");
        scene.unverify(ada);
        Answers.of(scene.change(ada, "first@address.example.org"));
        var first = scene.mailbox().await("first@address.example.org", 1).token();
        Answers.of(scene.change(ada, "several@address.example.org"));

        assertThat(scene.me(ada).pendingEmail()).isNull();
        assertRefusedToken(scene.confirm(first));
    }

    @Test
    void revealNothingAboutTheAddressOfAnotherAccount() {
        scene.verified("grace@address.example.org");
        var mallory = scene.verified("mallory@address.example.org");

        assertThat(Answers.of(scene.change(mallory, "grace@address.example.org"))
                        .pendingEmail())
                .isEqualTo("grace@address.example.org");

        var mail = scene.mailbox().await("grace@address.example.org", 2);
        assertThat(mail.link()).isEqualTo(URL + "/");
    }

    @Test
    void takeNoAddressThatAnAccountHasByThen() {
        var ada = scene.verified("late@address.example.org");
        scene.unverify(ada);
        Answers.of(scene.change(ada, "wanted@address.example.org"));
        var token = scene.mailbox().await("wanted@address.example.org", 1).token();
        Answers.of(scene.register("wanted@address.example.org", PASSWORD));

        assertThat(problemOf(scene.confirm(token)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(scene.me(ada).email()).isEqualTo("late@address.example.org");
    }
}
