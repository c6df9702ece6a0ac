package io.parley.gateway.routes.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Siblings;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.idempotency.IdempotencyFake;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferRoutesTest {
    private static final UUID TRIP = Ids.next();
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"Where?\"}";

    private @Nullable TestGateway gateway;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void closesAConnectionWhoseUploadDrips() throws IOException {
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);

        assertThat(upload("\n", 1_000_000, 20, 1_000_000)).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void waitsForASlowUploadThatMakesProgress() throws IOException {
        gateway = TestGateway.open(TestGateway.SHORT_TIMEOUTS);
        var piece = " ".repeat(70_000) + "\n";

        assertThat(upload(piece, 12, 50, 12))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"imported\":0,\"updated\":0,\"unchanged\":0,\"failed\":[],\"notes\":[]}");
    }

    @Test
    void runsOneImportOfAUserAtATime() throws IOException {
        gateway = TestGateway.open();

        try (var first = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            say(first, head(1_000_000) + "5\n".repeat(1000));
            var second = imports("6\n");
            while (second.statusCode() == 200) second = imports("6\n");

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
            assertThat(TestGateway.json(second).getJsonArray("violated-policies"))
                    .containsExactly("imports");
        }

        var third = imports("6\n");
        while (third.statusCode() == 429) third = imports("6\n");
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @Test
    void reportsWhatWasReadOfAnImportThatIsTooLarge() {
        gateway = TestGateway.open();

        var refused = imports("5\n" + "\n".repeat(5_000_000));

        assertThat(refused.statusCode()).isEqualTo(413);
        var report = TestGateway.json(refused).getJsonObject("report");
        assertThat(report.getInteger("imported")).isZero();
        assertThat(report.getJsonArray("failed")).hasSize(1);
        assertThat(imports("").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> imports(String lines) {
        return gateway.send(gateway.asAda("/api/v1/import")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
    }

    @Test
    void dropsALineWhoseConnectionBreaks() throws Exception {
        gateway = TestGateway.open();
        var stored = new CompletableFuture<UUID>();
        var dropped = new CompletableFuture<UUID>();
        TestGateway.await(gateway.bus.answer(
                ImportedConversations.BEGIN, begin -> Future.succeededFuture(new PendingImport(TRIP, UNTIL, false))));
        TestGateway.await(gateway.bus.answer(ImportedMessages.STORE, messages -> {
            stored.complete(messages.conversationId());
            return Future.succeededFuture(None.NONE);
        }));
        TestGateway.await(gateway.bus.answer(
                ImportedMessages.FIND, find -> Future.succeededFuture(new ImportedMessages.TakenIds(List.of()))));
        TestGateway.await(gateway.bus.answer(ImportedConversations.DROP, drop -> {
            dropped.complete(drop.id());
            return Future.succeededFuture(None.NONE);
        }));

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            say(socket, head(1_000_000) + "{\"messages\":[" + (MESSAGE + ",").repeat(250));
            assertThat(stored.get(10, TimeUnit.SECONDS)).isEqualTo(TRIP);
        }

        assertThat(dropped.get(10, TimeUnit.SECONDS)).isEqualTo(TRIP);
    }

    @Test
    void storesTheReportWithTheFingerprintOfTheBody() {
        gateway = TestGateway.open();
        var idempotency = new IdempotencyFake(gateway.bus);

        assertThat(imported("5\n").body()).contains("must be a JSON object");
        var kept = idempotency.finished.getFirst().answer();
        idempotency.replyNext(Future.succeededFuture(new Begun(null, kept)));
        idempotency.replyNext(Future.succeededFuture(new Begun(null, kept)));

        var again = imported("5\n");
        assertThat(again.body()).isEqualTo(kept.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(imported("6\n").statusCode()).isEqualTo(409);
    }

    @Test
    void refusesArchivesBeyondTheLimitsAndBrokenOnes() throws IOException {
        gateway = TestGateway.open();

        assertThat(archive(zip("{}" + " ".repeat(500_000))).statusCode()).isEqualTo(413);
        assertThat(archive(zip(random(2 * 1024 * 1024))).statusCode()).isEqualTo(413);
        assertThat(archive(Arrays.copyOf(zip("{}"), 50)).statusCode()).isEqualTo(400);
        assertThat(archive("PK".getBytes(StandardCharsets.US_ASCII)).statusCode())
                .isEqualTo(400);
        assertThat(archive(zip("{}")).body()).contains("\"file\":\"users.json\"", "has no conversations");
    }

    private HttpResponse<String> archive(byte[] bytes) {
        return gateway.send(gateway.asAda("/api/v1/import")
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(bytes)));
    }

    private static byte[] zip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("users.json"));
            zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    private static String random(int length) {
        var bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private HttpResponse<String> imported(String lines) {
        return gateway.send(gateway.asAda("/api/v1/import")
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(lines)));
    }

    @Test
    void answersAProblemBeforeAnythingIsWritten() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Conversations.WALK, walk -> Future.failedFuture(Problem.unavailable())));

        assertThat(gateway.get("/api/v1/export").statusCode()).isEqualTo(503);
    }

    @Test
    void closesTheConnectionIfAModuleFails() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(
                Conversations.WALK, walk -> Future.succeededFuture(new Page<>(List.of(trip(walk.caller())), null))));
        TestGateway.await(gateway.bus.answer(
                Messages.LIST_CONVERSATION,
                list -> list.page().cursor() == null
                        ? Future.succeededFuture(
                                new Page<>(List.of(message(list.caller())), new Cursor(Instant.EPOCH, TRIP)))
                        : Future.failedFuture(Problem.timeout())));

        var received = gateway.sendRaw("GET /api/v1/export HTTP/1.1\r\nHost: parley\r\n" + authorization() + "\r\n");

        assertThat(received).startsWith("HTTP/1.1 200 ").contains("application/x-ndjson", "Where?");
        assertThat(received).doesNotEndWith("0\r\n\r\n");
    }

    private static Conversation trip(Caller caller) {
        return new Conversation(
                TRIP,
                caller.userId(),
                "Trip",
                null,
                Json.EMPTY_OBJECT,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    private static Message message(Caller caller) {
        return new Message(
                Ids.next(),
                TRIP,
                caller.userId(),
                null,
                Message.Role.USER,
                "Where?",
                null,
                null,
                null,
                null,
                null,
                null,
                Json.EMPTY_OBJECT,
                Siblings.ALONE,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    // Says the next piece whenever the server has said nothing for a while, until it answers.
    private String upload(String piece, int pieces, int quietMillis, int announced) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(quietMillis);
            say(socket, head(announced * piece.length()));
            var received = new StringBuilder();
            for (int said = 0; received.indexOf("}") < 0; ) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) return received.toString();
                    received.append((char) next);
                } catch (SocketTimeoutException quiet) {
                    if (said++ < pieces) say(socket, piece);
                }
            }
            return received.toString();
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(int length) {
        return "POST /api/v1/import HTTP/1.1\r\nHost: parley\r\n" + authorization()
                + "Content-Type: application/x-ndjson\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String authorization() {
        return "Authorization: Bearer " + Fixtures.token(Fixtures.adasClaims()) + "\r\n";
    }
}
