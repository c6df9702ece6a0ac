package io.parley.users.tokens;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static io.parley.users.tokens.GrantsScene.CLIENT_ID;
import static io.parley.users.tokens.GrantsScene.EDITOR;
import static io.parley.users.tokens.GrantsScene.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What ends the access of programs that users let in. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class EndedGrantsTest {
    private static GrantsScene scene;

    private final Bus bus;

    EndedGrantsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = GrantsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void isRevokedWithEitherToken() {
        for (boolean withAccess : new boolean[] {true, false}) {
            var issued = scene.issue(ada);
            var id = Answers.of(scene.check(issued.accessToken())).id();
            var token = withAccess ? issued.accessToken() : issued.refreshToken();
            var ended = Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(token, CLIENT_ID, EDITOR)));
            assertThat(ended.ids()).containsExactly(id);
            scene.announced().await(id);
            assertRefused(scene.check(issued.accessToken()));
            assertRefused(scene.refresh(issued.refreshToken(), CLIENT_ID));
        }
        assertThat(Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(new Secret("unknown"), null, EDITOR)))
                        .ids())
                .isEmpty();
    }

    @Test
    void isEndedByItsOwnerOnly() {
        var issued = scene.issue(ada);
        var id = Answers.of(scene.check(issued.accessToken())).id();

        assertThat(problemOf(scene.end(grace, id)).kind()).isEqualTo(Kind.FORBIDDEN);
        Answers.of(scene.end(ada, id));

        assertRefused(scene.check(issued.accessToken()));
        assertThat(problemOf(scene.end(ada, id)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(scene.events(id)).containsExactly("token.created", "token.used", "token.revoked");
    }

    @Test
    void endsWithTheActivationOrTheAccount() {
        var owner = scene.register("grants@example.org");
        var first = scene.issue(owner);
        var firstId = Answers.of(scene.check(first.accessToken())).id();
        Answers.of(bus.ask(
                Administration.UPDATE,
                new Administration.Update(
                        margaret,
                        owner.userId(),
                        Versions.ANY,
                        new AccountPatch(Patch.absent(), Patch.to(false)),
                        Origin.LOCAL)));
        scene.announced().await(firstId);
        assertRefused(scene.check(first.accessToken()));
        assertThat(problemOf(scene.ask(owner)).kind()).isEqualTo(Kind.UNAUTHENTICATED);

        var gone = scene.register("gone@example.org");
        var second = scene.issue(gone);
        var secondId = Answers.of(scene.check(second.accessToken())).id();
        var ended = Answers.of(bus.ask(
                Administration.DELETE, new Administration.Delete(margaret, gone.userId(), Versions.ANY, Origin.LOCAL)));
        assertThat(ended.ids()).contains(secondId);
        assertRefused(scene.check(second.accessToken()));
        assertRefused(scene.refresh(second.refreshToken(), CLIENT_ID));
    }
}
