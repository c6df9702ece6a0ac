package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Siblings;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.streams.EventLines;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatRoutesTest {
    private static final UUID TURN = Ids.next();
    private static final UUID TRIP = Ids.next();
    private static final String CHAT = "/api/v1/chat/conversations/" + TRIP + "/messages";
    private static final TurnOutcome OUTCOME = new TurnOutcome(turn(Status.COMPLETED), List.of(question()));
    private static final String ALIVE = "GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n";

    /** More than the buffers of two sockets hold, which the operating system decides. */
    private static final int MOST_BYTES = 32_000_000;

    private final List<TurnEvent> stored = new CopyOnWriteArrayList<>();
    private final List<Chat.Start> started = new CopyOnWriteArrayList<>();
    private TestGateway gateway;

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Chat.START, start -> {
            started.add(start);
            return Future.succeededFuture(new Chat.Started(turn(Status.RUNNING), false));
        }));
        TestGateway.await(gateway.bus.answer(Chat.FIND, find -> Future.succeededFuture(turn(Status.COMPLETED))));
        TestGateway.await(gateway.bus.answer(
                Chat.EVENTS,
                list -> Future.succeededFuture(new Events(
                        stored.stream()
                                .filter(event -> event.number() > list.after())
                                .toList(),
                        false,
                        stored.stream().anyMatch(event -> event.type().isLast())))));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void streamsStoredAndNewEvents() throws IOException {
        store(1, TurnEvent.Type.TURN_STARTED, "{\"turn_id\":\"x\"}");
        try (var stream = chat()) {
            assertThat(stream.next()).containsExactly("id: 1", "event: turn.started", "data: {\"turn_id\":\"x\"}");

            happen(2, TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"Good\"}");
            assertThat(stream.next()).containsExactly("id: 2", "event: content.delta", "data: {\"text\":\"Good\"}");
            // The notice of one event is lost, so that the next one arrives out of order.
            store(3, TurnEvent.Type.CONTENT_DELTA, "{\"text\":\" morning\"}");
            happen(4, TurnEvent.Type.TURN_COMPLETED, "{\"messages\":[],\"usage\":null}");
            assertThat(stream.next()).startsWith("id: 3");
            assertThat(stream.next()).startsWith("id: 4", "event: turn.completed");
            assertThat(stream.rest()).contains("0");
        }
        assertThat(started.get(0).content()).isEqualTo("Hello");
        assertThat(started.get(0).conversationId()).isEqualTo(TRIP);
    }

    @Test
    void resumesAfterTheLastEventOfTheClient() throws IOException {
        store(1, TurnEvent.Type.TURN_STARTED, "{}");
        store(2, TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"a\"}");
        store(3, TurnEvent.Type.TURN_CANCELLED, "{\"messages\":[]}");
        try (var stream = follow(2)) {
            assertThat(stream.next()).startsWith("id: 3", "event: turn.cancelled");
        }
    }

    @Test
    void answers204IfTheClientHasTheLastEvent() {
        store(1, TurnEvent.Type.TURN_STARTED, "{}");
        store(2, TurnEvent.Type.TURN_COMPLETED, "{\"messages\":[],\"usage\":null}");

        var response = gateway.send(
                gateway.asAda("/api/v1/chat/turns/" + TURN + "/events").header("Last-Event-ID", "2"));

        assertThat(response.statusCode()).isEqualTo(204);
    }

    @Test
    void answersWithTheOutcomeThatIsPublished() {
        TestGateway.await(gateway.bus.answer(Chat.OUTCOME, find -> Future.failedFuture(Problem.internal())));

        var waiting = CompletableFuture.supplyAsync(this::chatForJson);
        // The first ones may come before the request waits.
        while (!waiting.isDone()) {
            gateway.bus.publish(Chat.ENDED, OUTCOME);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }

        var response = waiting.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"turn\":{").contains("\"status\":\"completed\"", "\"messages\":[{");
        var messages = new JsonObject(response.body()).getJsonArray("messages");
        assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("Hello");
        assertThat(response.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void answersIfTheOutcomeWasPublishedWithoutReachingIt() {
        TestGateway.await(
                gateway.bus.answer(Chat.OUTCOME, find -> Future.succeededFuture(new Chat.FoundOutcome(OUTCOME))));

        assertThat(chatForJson().body()).contains("\"status\":\"completed\"");
    }

    @Test
    void answersARepeatedRequestWithTheSameOutcome() {
        try (var other = TestGateway.open()) {
            TestGateway.await(other.bus.answer(
                    Chat.START, start -> Future.succeededFuture(new Chat.Started(turn(Status.COMPLETED), true))));
            TestGateway.await(
                    other.bus.answer(Chat.OUTCOME, find -> Future.succeededFuture(new Chat.FoundOutcome(OUTCOME))));

            var response = other.send("POST", CHAT, "{\"content\":\"Hello\"}");

            assertThat(response.body()).contains("\"status\":\"completed\"");
            assertThat(response.headers().firstValue("Idempotency-Replayed")).contains("true");
        }
    }

    @Test
    void answersProblemsWithTheirStatus() {
        TestGateway.await(gateway.bus.answer(Chat.STOP, stop -> Future.succeededFuture(None.NONE)));
        assertThat(gateway.send("DELETE", "/api/v1/chat/turns/" + TURN, "").statusCode())
                .isEqualTo(204);
        assertThat(gateway.get("/api/v1/chat/turns/nonsense/events").statusCode())
                .isEqualTo(400);
        assertThat(gateway.send("POST", CHAT, "{\"content\":\" \"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesTheStreamOfAnotherUsersTurn() {
        try (var other = TestGateway.open()) {
            TestGateway.await(other.bus.answer(Chat.FIND, find -> Future.failedFuture(Problem.forbidden("turn"))));
            assertThat(other.get("/api/v1/chat/turns/" + TURN + "/events").statusCode())
                    .isEqualTo(403);
        }
    }

    // All connections are checked at once, so that time has passed when an idle one was closed twice.
    @Test
    void disconnectsAClientThatReadsNothing() throws IOException {
        try (var hasty = TestGateway.open(TestGateway.SHORT_TIMEOUTS)) {
            var received = new AtomicInteger();
            var page = IntStream.range(0, 10)
                    .mapToObj(at -> new Json("{\"text\":\"" + "x".repeat(64_000) + "\"}"))
                    .toList();
            TestGateway.await(hasty.bus.answer(Chat.FIND, find -> Future.succeededFuture(turn(Status.RUNNING))));
            TestGateway.await(hasty.bus.answer(Chat.EVENTS, list -> {
                received.incrementAndGet();
                var events = IntStream.range(0, page.size())
                        .mapToObj(at ->
                                new TurnEvent(TURN, list.after() + at + 1, TurnEvent.Type.CONTENT_DELTA, page.get(at)))
                        .toList();
                return Future.succeededFuture(new Events(events, true, false));
            }));
            try (var stream = new EventLines(
                    hasty, "GET /api/v1/chat/turns/" + TURN + "/events", "Accept: text/event-stream", "")) {
                stream.next();
                hasty.sendRaw(ALIVE);
                hasty.sendRaw(ALIVE);
                assertThat(stream.countUntilClosed()).isLessThan(MOST_BYTES);
            }
            assertThat(received).hasValueLessThan(MOST_BYTES / 64_000);
        }
    }

    private static Turn turn(Status status) {
        return new Turn(
                TURN,
                TRIP,
                Fixtures.ADAS_ID,
                Turn.messageId(TURN, 0),
                status,
                null,
                "offline-commands",
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Message question() {
        return new Message(
                Ids.next(),
                TRIP,
                Fixtures.ADAS_ID,
                null,
                Message.Role.USER,
                "Hello",
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

    private HttpResponse<String> chatForJson() {
        return gateway.send("POST", CHAT, "{\"content\":\"Hello\"}");
    }

    private void store(int number, TurnEvent.Type type, String data) {
        stored.add(new TurnEvent(TURN, number, type, new Json(data)));
    }

    private void happen(int number, TurnEvent.Type type, String data) {
        store(number, type, data);
        gateway.bus.publish(Chat.HAPPENED, stored.get(stored.size() - 1));
    }

    private EventLines chat() throws IOException {
        return new EventLines(gateway, "POST " + CHAT, "Accept: text/event-stream", "{\"content\":\"Hello\"}");
    }

    private EventLines follow(int last) throws IOException {
        return new EventLines(gateway, "GET /api/v1/chat/turns/" + TURN + "/events", "Last-Event-ID: " + last, "");
    }
}
