package io.parley.gateway.idempotency;

import static io.parley.gateway.idempotency.IdempotencyScene.DRAFT;
import static io.parley.gateway.idempotency.IdempotencyScene.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.Fixtures;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.TestGateway;
import io.parley.gateway.auth.TokenSettings;
import io.parley.kernel.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What makes a request with a known key another one. */
class RequestFingerprintsTest {
    private static final String OTHER_KEY = "another key of thirty-two bytes or more";

    private static IdempotencyScene scene;

    @BeforeAll
    static void open() {
        scene = IdempotencyScene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @Test
    void haveAFingerprintOfEverythingThatTheySend() {
        scene.create("k");
        scene.create("other");
        assertThat(scene.fingerprints()).hasSize(2);
        assertThat(scene.fingerprints().distinct()).hasSize(1);

        scene.send(TASKS, DRAFT + " ", "Idempotency-Key", "k");
        scene.gateway.send(scene.keyed(TASKS, DRAFT).setHeader("Content-Type", "application/json; charset=utf-8"));
        scene.send("/api/v1/conversations", DRAFT, "Idempotency-Key", "k");
        scene.send("/api/v1/tasks/" + Fixtures.TASK_ID + "/restore", "", "Idempotency-Key", "k");
        scene.send("/api/v1/conversations/" + Fixtures.TASK_ID + "/restore", "", "Idempotency-Key", "k");

        assertThat(scene.fingerprints()).hasSize(7).allMatch(text -> text.matches("[0-9a-f]{64}"));
        assertThat(scene.fingerprints().distinct()).hasSize(6);
    }

    @Test
    void haveAFingerprintThatNeedsTheSigningKey() {
        scene.create("k");
        try (var other = TestGateway.open(otherKey())) {
            var elsewhere = new IdempotencyFake(other.bus);
            var claims = Fixtures.token(Fixtures.adasClaims(), OTHER_KEY);
            other.send(other.request(TASKS)
                    .header("Authorization", "Bearer " + claims)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(elsewhere.begun.getLast().fingerprint())
                    .isNotEqualTo(scene.idempotency.begun.getLast().fingerprint());
        }
    }

    private static GatewaySettings otherKey() {
        var settings = TestGateway.SETTINGS;
        return new GatewaySettings(
                settings.host(),
                settings.port(),
                null,
                settings.requestTimeout(),
                settings.receiveTimeout(),
                settings.idleTimeout(),
                settings.corsOrigins(),
                TestGateway.SETTINGS.origin(),
                settings.shutdownTimeout(),
                new TokenSettings(new Secret(OTHER_KEY), "parley", "parley", Duration.ofMinutes(15)),
                settings.importLimits(),
                settings.maxFileBytes(),
                settings.bytesInFlight(),
                settings.limits(),
                List.of());
    }
}
