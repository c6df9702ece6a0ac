package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What SIGTERM does. */
class ShutdownIT {
    private static final String BODY = "{\"title\":\"finish what was begun\"}";

    @Test
    void finishesWhatIsInFlightAndEndsWell() throws IOException {
        var jar = ParleyJar.start(ParleyJar.freshData(), Map.of("PARLEY_SHUTDOWN_DRAIN", "2s"));
        var api = new ApiClient(jar.uri());
        var ada = TestUser.registered(api, "ada");
        try (var connection = new RawConnection(jar.uri())) {
            connection.send(head(jar, ada) + BODY.substring(0, 10));

            jar.terminate();
            awaitNotReady(api);
            connection.send(BODY.substring(10));

            assertThat(connection.readAll()).startsWith("HTTP/1.1 201 ").contains("finish what was begun");
        }
        assertThat(jar.exitCode()).isZero();

        try (var again = ParleyJar.start(jar.data())) {
            var tasks = new ApiClient(again.uri())
                    .as(ada.accessToken())
                    .get("/api/v1/tasks")
                    .expect(200)
                    .json();
            assertThat(tasks.get("items")).hasSize(1);
        }
    }

    @Test
    void endsWellWithNothingToDo() {
        var jar = ParleyJar.start(ParleyJar.freshData());
        jar.terminate();
        assertThat(jar.exitCode()).isZero();
    }

    private static String head(ParleyJar jar, TestUser ada) {
        return """
                POST /api/v1/tasks HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """.formatted(jar.uri().getAuthority(), ada.accessToken(), BODY.length());
    }

    private static void awaitNotReady(ApiClient api) {
        var deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (api.get("/health/ready").status() != 503) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }
}
