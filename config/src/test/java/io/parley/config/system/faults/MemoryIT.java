package io.parley.config.system.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that a caller stores or sends takes more memory than a small heap has. */
class MemoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 15;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final int LARGE_BODY = 900_000;
    private static final int FILE_BYTES = 25 * 1024 * 1024;

    private static ParleyJar jar;
    private static ApiClient ada;
    private static String adasToken;
    private static String conversation;

    private final List<RawConnection> connections = new ArrayList<>();

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), Map.of("JDK_JAVA_OPTIONS", "-Xmx256m"));
        var user = TestUser.registered(new ApiClient(jar.uri()), "ada");
        ada = user.api().within(PATIENCE);
        adasToken = user.accessToken();
        var report = ada.send(ApiRequest.of("POST", "/api/v1/import").lines(largeMessages()));
        assertThat(report.expect(200).json().get("failed")).isEmpty();
        conversation = ada.get("/api/v1/conversations").json().at("/items/0/id").asText();
    }

    // Each nearly as large as a message can be. In the database they are compressed.
    private static String largeMessages() {
        var filling = "\"" + "word ".repeat(12_000) + "\"";
        var text = "\ud834\udd1e".repeat(190_000);
        var message = "{\"role\": \"%s\", \"content\": \"word %d %s\", \"metadata\": {\"x\": %s}}";
        var messages = IntStream.range(0, MESSAGES)
                .mapToObj(n -> message.formatted(n % 2 == 0 ? "user" : "assistant", n, text, filling))
                .toList();
        return "{\"title\": \"Large\", \"messages\": [" + String.join(", ", messages) + "]}\n";
    }

    @AfterEach
    void isStillAlive() throws IOException {
        for (var connection : connections) connection.close();
        assertThat(jar.isAlive()).isTrue();
        ada.get("/api/v1/tasks").expect(200);
    }

    /** The heap is left in order: SIGTERM ends the server. */
    @AfterAll
    static void stop() {
        jar.terminate();
        assertThat(jar.exitCode()).isZero();
    }

    @Test
    void pagesOfLargeMessagesEndEarly() {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = page(cursor);
            page.get("items").forEach(message -> ids.add(message.get("id").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(ids).hasSizeGreaterThanOrEqualTo(MESSAGES).doesNotHaveDuplicates();
    }

    private static JsonNode page(String cursor) {
        var answer = ada.get("/api/v1/conversations/" + conversation + "/messages?limit=200" + cursor)
                .expect(200);
        assertThat(answer.text().getBytes(UTF_8).length).isBetween(PAGE_BYTES / 2, PAGE_BYTES);
        return answer.json();
    }

    @Test
    void manyReadLargePagesAtOnce() {
        var answers = IntStream.range(0, 12)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> ada.get("/api/v1/conversations/" + conversation + "/messages?limit=200")))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(ApiResponse::status))
                .allMatch(status -> status == 200 || status == 503)
                .contains(200);
    }

    @Test
    void aTurnReadsOnlyTheEndOfTheConversation() {
        var answer = ada.post("/api/v1/chat/conversations/" + conversation + "/messages", "{\"content\": \"help\"}");

        assertThat(answer.expect(200).json().at("/turn/status").asText()).isEqualTo("completed");
    }

    @Test
    void unfinishedBodiesAreRefusedBeforeTheyFillTheHeap() throws IOException {
        var head = head("POST", "/api/v1/tasks") + "Content-Type: application/json\r\nContent-Length: " + LARGE_BODY
                + "\r\n\r\n";
        var body = " ".repeat(LARGE_BODY - 1);
        for (int n = 0; n < 300; n++) open().send(head + body);

        ada.post("/api/v1/tasks", "{\"title\": \"Small\"}").expect(201);
        var refused = ada.post(
                        "/api/v1/tasks", "{\"title\": \"Large\", \"description\": \"" + "x".repeat(LARGE_BODY) + "\"}")
                .expect(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("type").asText()).endsWith("#temporary-reduced-capacity");
    }

    @Test
    void exportsWaitForTheirReaders() throws IOException {
        for (int n = 0; n < 40; n++)
            open().send(head("GET", "/api/v1/export") + "\r\n").readUntil("word");

        assertThat(page("").get("items").size()).isPositive();
    }

    @Test
    void filesPassThroughInPieces() throws IOException {
        var upload = ApiRequest.of("POST", "/api/v1/files")
                .with("Content-Type", "application/octet-stream")
                .carrying(new byte[FILE_BYTES]);
        var place = ada.send(upload).expect(201).header("Location");
        for (int n = 0; n < 8; n++)
            open().send(head("GET", place + "/content") + "\r\n").readUntil("\r\n\r\n");

        ada.get(place + "/content").expect(429);
        ada.send(upload).expect(429);
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api().within(PATIENCE);
        var answers = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> grace.send(upload)))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(ApiResponse::status))
                .containsOnly(201);
    }

    @Test
    void slowImportsAndBodiesAreCutOffAndStopNobody() throws IOException {
        var head = head("POST", "/api/v1/import")
                + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n";
        var imports = IntStream.range(0, 12).mapToObj(n -> open()).toList();
        for (var each : imports) each.send(head + "\n".repeat(16 * 1024));
        var body = head("POST", "/api/v1/tasks") + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        var slow = IntStream.range(0, 200).mapToObj(n -> open()).toList();
        for (var each : slow) each.send(body);

        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api().within(PATIENCE);
        var report = grace.send(
                ApiRequest.of("POST", "/api/v1/import").lines("{\"type\": \"task\", \"title\": \"Pack\"}\n"));
        assertThat(report.expect(200).json().get("imported").asInt()).isOne();

        var answers = new ArrayList<String>();
        for (var each : imports) answers.add(each.readUntil("\r\n"));
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("HTTP/1.1 408 "))
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("HTTP/1.1 429 "))
                .hasSize(11);
        for (var each : slow) assertThat(each.readUntil("\r\n")).startsWith("HTTP/1.1 408 ");
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + jar.uri().getAuthority() + "\r\nAuthorization: Bearer "
                + adasToken + "\r\n";
    }

    private RawConnection open() {
        try {
            var connection = new RawConnection(jar.uri());
            connections.add(connection);
            return connection;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
