package io.parley.users.tokens;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.users.tokens.GrantsScene.CLIENT_ID;
import static io.parley.users.tokens.GrantsScene.REDIRECT_URI;
import static io.parley.users.tokens.GrantsScene.VERIFIER;
import static io.parley.users.tokens.GrantsScene.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tokens.Grant;
import io.parley.contracts.tokens.Grants;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs that users let in: what they may do, who sees them, and how many there are. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class GrantRulesTest {
    private static GrantsScene scene;

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = GrantsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void opensWhatItsUserHasGranted() {
        var issued = scene.issue(ada);

        var checked = Answers.of(scene.check(issued.accessToken()));
        assertThat(checked.userId()).isEqualTo(ada.userId());
        assertThat(checked.scopes()).containsExactly(Scope.TASKS_READ, Scope.CHAT);
        assertThat(issued.lifetime()).isEqualTo(Duration.ofHours(1));
        var grant = scene.find(ada, checked.id());
        assertThat(grant.clientId()).isEqualTo(CLIENT_ID);
        assertThat(grant.clientName()).isEqualTo("Editor");
        assertThat(grant.lastUsedAt()).isNotNull();
        Answers.of(scene.check(issued.accessToken()));
        assertThat(scene.events(checked.id())).containsExactly("token.created", "token.used");
        assertThat(scene.list(grace)).extracting(Grant::id).doesNotContain(checked.id());
    }

    @Test
    void storesOnlyHashes() {
        var code = scene.authorize(ada);
        var issued = Answers.of(scene.redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
        var stored = String.join("", scene.rows("oauth_grants")) + String.join("", scene.rows("oauth_tokens"));
        for (var secret : List.of(code, issued.accessToken(), issued.refreshToken()))
            assertThat(stored).doesNotContain(secret.value().substring(4)).doesNotContain(secret.value());
        assertThat(issued.toString()).doesNotContain(issued.accessToken().value());
    }

    @Test
    void redeemsACodeForWhoAskedForItOnly() {
        var code = scene.authorize(ada);
        assertRefused(scene.redeem(code, "https://other.example.org/oauth.json", REDIRECT_URI, VERIFIER));
        assertRefused(scene.redeem(code, CLIENT_ID, "http://127.0.0.1:4711/other", VERIFIER));
        assertRefused(scene.redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER + "x"));
        assertRefused(
                scene.redeem(new Secret(code.value().substring(0, 67) + "A"), CLIENT_ID, REDIRECT_URI, VERIFIER + "x"));
        assertRefused(scene.redeem(new Secret("oac_"), CLIENT_ID, REDIRECT_URI, VERIFIER));
        Answers.of(scene.redeem(code, CLIENT_ID, null, VERIFIER));
    }

    @Test
    void endsIfItsCodeComesTwice() {
        var code = scene.authorize(ada);
        var issued = Answers.of(scene.redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
        var id = Answers.of(scene.check(issued.accessToken())).id();

        assertRefused(scene.redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));

        assertRefused(scene.check(issued.accessToken()));
        assertRefused(scene.refresh(issued.refreshToken(), CLIENT_ID));
        scene.announced().await(id);
    }

    @Test
    void forgetsACodeAfterAMinute() {
        var code = scene.authorize(ada);
        scene.age("oauth_grants", "expires_at = now() - interval '1 second'", "redeemed_at IS NULL");
        assertRefused(scene.redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
    }

    @Test
    void isOneOfFifty() {
        var user = scene.register("fifty@example.org");
        for (int made = 0; made < Grants.MAX_PER_USER; made++) scene.authorize(user);
        assertThat(problemOf(scene.ask(user)).kind()).isEqualTo(Kind.CONFLICT);
    }
}
