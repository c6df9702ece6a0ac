package io.parley.users.tokens;

import static io.parley.testing.Fixtures.ada;
import static io.parley.users.tokens.GrantsScene.CLIENT_ID;
import static io.parley.users.tokens.GrantsScene.EDITOR;
import static io.parley.users.tokens.GrantsScene.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tokens.Grants;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tokens of programs that users let in, from the first one on. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class GrantTokensTest {
    private static GrantsScene scene;

    private final Bus bus;

    GrantTokensTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = GrantsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void rotatesItsRefreshToken() {
        var first = scene.issue(ada);
        var second = Answers.of(scene.refresh(first.refreshToken(), CLIENT_ID));
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.scopes()).isEqualTo(first.scopes());
        assertThat(Answers.of(scene.check(second.accessToken())).id())
                .isEqualTo(Answers.of(scene.check(first.accessToken())).id());
        Answers.of(scene.refresh(second.refreshToken(), CLIENT_ID));
    }

    @Test
    void answersParallelRefreshesAlike() {
        var first = scene.issue(ada);
        var all = Stream.generate(() -> scene.refresh(first.refreshToken(), CLIENT_ID))
                .limit(4)
                .toList();
        Answers.of(Future.all(all));
        assertThat(all)
                .extracting(each -> each.result().refreshToken().value())
                .containsOnly(all.get(0).result().refreshToken().value());
        assertThat(all)
                .extracting(each -> each.result().accessToken().value())
                .containsOnly(all.get(0).result().accessToken().value());
        Answers.of(scene.check(all.get(3).result().accessToken()));
    }

    @Test
    void endsIfASpentRefreshTokenComesAgain() {
        var first = scene.issue(ada);
        var second = Answers.of(scene.refresh(first.refreshToken(), CLIENT_ID));
        var third = Answers.of(scene.refresh(second.refreshToken(), CLIENT_ID));

        assertRefused(scene.refresh(first.refreshToken(), CLIENT_ID));

        assertRefused(scene.check(third.accessToken()));
        assertRefused(scene.refresh(third.refreshToken(), CLIENT_ID));
    }

    @Test
    void isNotEndedByAnotherClient() {
        var issued = scene.issue(ada);
        assertRefused(scene.refresh(issued.refreshToken(), "other"));
        Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(issued.refreshToken(), "other", EDITOR)));
        Answers.of(scene.check(issued.accessToken()));
        Answers.of(scene.refresh(issued.refreshToken(), CLIENT_ID));
    }

    @Test
    void hasAccessTokensForAnHour() {
        var issued = scene.issue(ada);
        scene.age("oauth_tokens", "created_at = now() - interval '3601 seconds'", "true");
        assertRefused(scene.check(issued.accessToken()));
        Answers.of(scene.refresh(issued.refreshToken(), CLIENT_ID));
    }

    @Test
    void endsAfterAYearInAnyCase() {
        var issued = scene.issue(ada);
        scene.age("oauth_grants", "ends_at = now() - interval '1 second'", "true");
        assertRefused(scene.check(issued.accessToken()));
        assertRefused(scene.refresh(issued.refreshToken(), CLIENT_ID));
    }
}
