package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.gateway.TestGateway;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionDeadlinesTest {
    private static final String HEAD = """
            POST /api/v1/auth/login HTTP/1.1\r
            Host: parley\r
            Content-Type: application/json\r
            Content-Length: 1000\r
            \r
            """;
    private static final String ALIVE = "GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n";
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void closesAConnectionThatSendsNothing() {
        assertThat(gateway.sendRaw()).isEmpty();
    }

    @Test
    void closesAConnectionWhoseHeadDoesNotEnd() {
        assertThat(gateway.sendRaw("GET /health/live HTTP/1.1\r\nHost: par")).isEmpty();
    }

    @Test
    void closesAConnectionWhoseHeadDrips() throws IOException {
        assertThat(drip("GET /health/live HTTP/1.1\r\nX: ")).isEmpty();
    }

    @Test
    void closesAConnectionWhoseBodyDrips() throws IOException {
        assertThat(drip(HEAD)).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
    }

    @Test
    void closesAConnectionWhoseBodyDoesNotArrive() {
        assertThat(gateway.sendRaw(HEAD)).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void closesAnIdleConnection() {
        assertThat(gateway.sendRaw(ALIVE)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void closesAReusedConnectionWhoseHeadDrips() throws IOException {
        assertThat(drip(ALIVE + "GET /health/live HTTP/1.1\r\nX: ")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answersInPlaceOfAModuleThatDoesNot() {
        TestGateway.await(
                gateway.bus.answer(Users.FIND, find -> Promise.<User>promise().future()));
        var response = gateway.get("/api/v1/users/me");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(TestGateway.json(response).getString("detail"))
                .isEqualTo("The request timed out. It may still have been processed.");
    }

    // Sends a byte whenever the server has said nothing for a while, until it closes.
    private static String drip(String start) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20);
            socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
            var received = new StringBuilder();
            while (true) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) return received.toString();
                    received.append((char) next);
                } catch (SocketTimeoutException quiet) {
                    socket.getOutputStream().write('x');
                }
            }
        } catch (SocketException cut) {
            return "";
        }
    }
}
