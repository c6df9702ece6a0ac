package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server disconnects clients that send slowly, stall or stay silent. */
class SlowClientsIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String POST =
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: parley\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

    private static ParleyJar jar;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(
                ParleyJar.freshData(),
                Map.of("PARLEY_HTTP_RECEIVE_TIMEOUT", "500ms", "PARLEY_HTTP_IDLE_TIMEOUT", "2s"));
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @Test
    void cutsOffDrippingHeaders() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: parley\r\n");
            assertThat(connection.drip("X-Drip: drop\r\n")).isLessThan(LIMIT);
        }
    }

    @Test
    void cutsOffADrippingRequestLine() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            assertThat(connection.send("GET /").drip("a")).isLessThan(LIMIT);
        }
    }

    @Test
    void cutsOffADrippingBody() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            assertThat(connection.send(POST).drip(" ")).isLessThan(LIMIT);
        }
    }

    @Test
    void cutsOffADrippingBodyOfSomebodySignedIn() throws IOException {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        var post = POST.replace("auth/login", "tasks")
                .replace("Host:", "Authorization: Bearer " + ada.accessToken() + "\r\nHost:");
        try (var connection = new RawConnection(jar.uri())) {
            assertThat(connection.send(post).drip(" ")).isLessThan(LIMIT);
        }
    }

    @Test
    void cutsOffADrippingChunk() throws IOException {
        var chunked = POST.replace("Content-Length: 1000", "Transfer-Encoding: chunked") + "3e8\r\n";
        try (var connection = new RawConnection(jar.uri())) {
            assertThat(connection.send(chunked).drip(" ")).isLessThan(LIMIT);
        }
    }

    @Test
    void cutsOffDrippingHeadersOfASecondRequest() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n").readUntil("up");
            connection.send("GET /health/live HTTP/1.1\r\nHost: parley\r\n");
            assertThat(connection.drip("X-Drip: drop\r\n")).isLessThan(LIMIT);
        }
    }

    @Test
    void closesAConnectionWhoseBodyNeverComes() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            connection.send(POST).readAll();
        }
    }

    @Test
    void closesAConnectionThatSaysNothing() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void closesAConnectionThatHasNothingMoreToSay() throws IOException {
        try (var connection = new RawConnection(jar.uri())) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n");
            assertThat(connection.readAll()).startsWith("HTTP/1.1 200 ");
        }
    }
}
