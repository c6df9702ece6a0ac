package io.parley.users.oidc;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.oidc.OidcScene.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Oidc.Outcome;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.AccountSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Identities that the owners of accounts link and unlink. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class LinkedIdentitiesTest {
    private static OidcScene scene;

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = OidcScene.deploy(vertx, bus, database, folder, AccountSettings.OPEN);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void linksAnAccountWithTheSameAddressOnlyIfItsOwnerSaysSo() {
        var ada = scene.register("collides@example.org");
        var grace = scene.register("stranger@example.org");
        scene.acme().person("collides", "Collides@example.org");
        var arrived = scene.arrive("acme", false);
        assertThat(arrived.outcome()).isEqualTo(Outcome.LINK);
        assertThat(kind(scene.exchange(arrived.code()))).isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(problemOf(scene.link(grace, arrived.code())).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/link_code"));
        var linked = Answers.of(scene.link(ada, arrived.code()));

        assertThat(linked.lastUsedAt()).isNull();
        assertThat(kind(scene.link(ada, arrived.code()))).as("used").isEqualTo(Kind.INVALID);
        assertThat(scene.signIn("acme").user().id()).isEqualTo(ada.user().id());
    }

    @Test
    void linksAnIdentityToOneAccountOnly() {
        var ada = scene.register("links@example.org");
        var grace = scene.register("links-too@example.org");
        scene.acme().person("linked", "linked@example.org");
        Answers.of(scene.link(ada, scene.arrive("acme", true).code()));

        assertThat(kind(scene.link(grace, scene.arrive("acme", true).code()))).isEqualTo(Kind.CONFLICT);
        assertThat(kind(scene.link(ada, scene.arrive("acme", true).code()))).isEqualTo(Kind.CONFLICT);
        assertThat(kind(scene.link(ada, new Secret("lnk_")))).isEqualTo(Kind.INVALID);
        assertThat(scene.list(ada)).hasSize(1);
        assertThat(scene.list(grace)).isEmpty();
        assertThat(kind(scene.unlink(grace, scene.list(ada).get(0)))).isEqualTo(Kind.FORBIDDEN);

        Answers.of(scene.unlink(ada, scene.list(ada).get(0)));
        Answers.of(scene.link(grace, scene.arrive("acme", true).code()));
        assertThat(scene.recorded(ada)).contains("identity.linked", "identity.unlinked");
    }

    @Test
    void linksAnIdentityToOneAccountOnlyAlsoAtOnce() {
        scene.acme().person("raced", "raced@example.org");
        var users = Stream.of("raced-1@example.org", "raced-2@example.org", "raced-3@example.org")
                .map(scene::register)
                .toList();
        var codes =
                users.stream().map(user -> scene.arrive("acme", true).code()).toList();

        var links = Stream.of(0, 1, 2)
                .map(each -> scene.link(users.get(each), codes.get(each)))
                .toList();
        links.forEach(each -> Answers.of(each.otherwiseEmpty()));

        long linked = users.stream().mapToLong(user -> scene.list(user).size()).sum();
        assertThat(linked).isEqualTo(links.stream().filter(Future::succeeded).count());
        assertThat(linked).isLessThanOrEqualTo(1);
    }

    @Test
    void keepsTheLastWayIn() {
        scene.acme().person("last-way", "last-way@example.org");
        scene.provider("trusted").person("second-way", "second-way@example.org");
        var session = scene.signIn("acme");
        assertThat(kind(scene.unlink(session, scene.list(session).get(0)))).isEqualTo(Kind.CONFLICT);
        Answers.of(scene.link(session, scene.arrive("trusted", true).code()));

        var both = scene.list(session).stream()
                .map(each -> scene.unlink(session, each))
                .toList();
        both.forEach(each -> Answers.of(each.otherwiseEmpty()));

        assertThat(both).filteredOn(Future::succeeded).hasSize(1);
        assertThat(scene.list(session)).hasSize(1);
    }

    @Test
    void needsARecentSignInToChangeIdentities() {
        var ada = scene.register("not-recent@example.org");
        scene.acme().person("not-recent", "not-recent-2@example.org");
        var identity = Answers.of(scene.link(ada, scene.arrive("acme", true).code()));
        var code = scene.arrive("acme", true).code();
        scene.run("UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);

        assertThat(kind(scene.link(ada, code))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        assertThat(kind(scene.unlink(ada, identity))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
    }
}
