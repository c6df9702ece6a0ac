package io.parley.users.passkeys;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.Ceremony;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class RemovedPasskeysTest {
    private static PasskeysScene scene;

    private final Bus bus;

    RemovedPasskeysTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = PasskeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void doNotSignInWhoIsDeactivatedOrHasRemovedThem() {
        var ada = scene.owner("inactive@example.org");
        var id = scene.list(ada).get(0).id();
        scene.run("/* test */ UPDATE users SET is_active = false WHERE id = #{id}", ada);
        assertThat(problemOf(scene.login(ada.authenticator().get(scene.loginOptions())))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        scene.run("/* test */ UPDATE users SET is_active = true WHERE id = #{id}", ada);
        Answers.of(scene.login(ada.authenticator().get(scene.loginOptions())));

        var grace = scene.register("not-mine@example.org");
        assertThat(problemOf(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(grace.caller(), grace.origin(), id)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Passkeys.RENAME, new Passkeys.Rename(grace.caller(), id, "Mine")))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(Answers.of(bus.ask(Passkeys.RENAME, new Passkeys.Rename(ada.caller(), id, "Laptop")))
                        .name())
                .isEqualTo("Laptop");
        Answers.of(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id)));

        assertThat(problemOf(scene.login(ada.authenticator().get(scene.loginOptions())))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void areRecordedAndRemovedByAnAdministrator() {
        var ada = scene.owner("audited@example.org");
        var id = scene.list(ada).get(0).id();
        problemOf(scene.login(ada.authenticator().get(scene.loginOptions(), Ceremony::withBrokenSignature)));
        Answers.of(scene.login(ada.authenticator().get(scene.loginOptions())));
        assertThat(Answers.of(bus.ask(SecondFactors.FIND, new SecondFactors.Find(ada.caller()))))
                .isEqualTo(new SecondFactors.AccountSecurity(true, false, 0, 1, 0));

        Answers.of(bus.ask(
                Administration.RESET_FACTORS,
                new Administration.ResetFactors(Fixtures.margaret, ada.caller().userId(), ada.origin())));

        assertThat(scene.list(ada)).isEmpty();
        var detail = " {\"passkey_id\":\"" + id + "\"}";
        assertThat(scene.recorded(ada))
                .containsExactly(
                        "account.registered",
                        "sign_in.succeeded {\"method\":\"registration\"}",
                        "passkey.added" + detail,
                        "sign_in.failed {\"method\":\"passkey\",\"reason\":\"refused_passkey\"}",
                        "sign_in.succeeded {\"method\":\"passkey\"}",
                        "passkey.removed" + detail);
    }
}
