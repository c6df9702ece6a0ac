package io.parley.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Page;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies and answers of all requests together. */
class BodiesInFlightTest {
    private static final String SMALL = "{\"title\":\"Pack\"}";
    private static final int LARGE = 900_000;
    private static final String RETRY = "retry-after: 1";

    private final TestGateway gateway = TestGateway.open();
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void answerTasks() {
        TestGateway.await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : sockets) socket.close();
        gateway.close();
    }

    @Test
    void refusesLargeBodiesWhileOthersFillTheMemory() throws IOException {
        fill();

        var refused = gateway.send("POST", "/api/v1/tasks", large());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("#temporary-reduced-capacity");

        assertThat(gateway.send("POST", "/api/v1/tasks", SMALL).statusCode()).isEqualTo(201);
    }

    @Test
    void takesThemAgainWhenTheOthersAreGone() throws IOException {
        fill();
        for (var socket : sockets) socket.close();

        int status;
        do status = gateway.send("POST", "/api/v1/tasks", large()).statusCode();
        while (status == 503);
        assertThat(status).isEqualTo(400);
    }

    @Test
    void refusesLargeAnswersInTheirPlace() throws IOException {
        var task = Fixtures.adasTask;
        var lengthy = new Task(
                task.id(),
                task.userId(),
                task.conversationId(),
                task.title(),
                "x".repeat(20_000),
                task.status(),
                task.priority(),
                task.dueDate(),
                task.completedAt(),
                task.createdAt(),
                task.updatedAt(),
                task.deletedAt());
        TestGateway.await(gateway.bus.answer(
                Tasks.LIST, list -> Future.succeededFuture(new Page<>(Collections.nCopies(200, lengthy), null))));
        assertThat(gateway.get("/api/v1/tasks").statusCode()).isEqualTo(200);

        fill();
        assertThat(gateway.get("/api/v1/tasks").statusCode()).isEqualTo(503);
    }

    // Sends unfinished bodies until one of them is refused.
    private void fill() throws IOException {
        while (true) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            sockets.add(socket);
            socket.setSoTimeout(200);
            say(socket, head() + " ".repeat(LARGE - 100));
            var answer = answered(socket);
            if (answer.isEmpty()) continue;
            assertThat(answer).startsWith("HTTP/1.1 503 ").containsIgnoringCase(RETRY);
            return;
        }
    }

    private static String answered(Socket socket) throws IOException {
        var buffer = new byte[4096];
        try {
            int length = socket.getInputStream().read(buffer);
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException quiet) {
            return "";
        }
    }

    private static String large() {
        return "{\"title\":\"" + "x".repeat(LARGE) + "\"}";
    }

    private static String head() {
        return "POST /api/v1/tasks HTTP/1.1\r\nHost: parley\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + Fixtures.token(Fixtures.adasClaims()) + "\r\nContent-Length: " + LARGE + "\r\n\r\n";
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
