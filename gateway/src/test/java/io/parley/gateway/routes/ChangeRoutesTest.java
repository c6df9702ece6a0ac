package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.Change.Resource;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.streams.EventLines;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeRoutesTest {
    private static final Change TASK_UPDATED = new Change(Resource.TASK, Fixtures.TASK_ID, Kind.UPDATED);

    private static final String ALIVE = "GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n";

    /** What the buffers of two sockets may hold, which the system decides. */
    private static final int MOST_BYTES = 32_000_000;

    private TestGateway gateway;
    private ChangesFake changes;

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
        changes = new ChangesFake(gateway);
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void sendsTheCurrentStateAndThePosition() throws IOException {
        var deleted = Ids.next();
        try (var stream = follow(null)) {
            assertThat(stream.position()).isEqualTo(ChangesFake.position(1).text());
            changes.replyNext(TASK_UPDATED, new Change(Resource.MESSAGE, deleted, Kind.DELETED));

            assertThat(stream.next())
                    .satisfiesExactly(
                            event -> assertThat(event).isEqualTo("event: task.updated"),
                            data -> assertThat(data)
                                    .startsWith("data: {\"id\":\"" + Fixtures.TASK_ID + "\",\"user_id\""));
            assertThat(stream.next())
                    .satisfiesExactly(
                            id -> assertThat(id)
                                    .isEqualTo("id: " + changes.lastPosition().text()),
                            event -> assertThat(event).isEqualTo("event: message.deleted"),
                            data -> assertThat(data).isEqualTo("data: {\"id\":\"" + deleted + "\"}"));
        }
        assertThat(changes.users()).containsOnly(Fixtures.ADAS_ID);
    }

    @Test
    void continuesAfterTheLastEventThatTheClientHas() throws IOException {
        changes.replyNext(TASK_UPDATED);
        try (var stream = follow(ChangesFake.position(7).text())) {
            assertThat(stream.next()).contains("event: task.updated");
        }
        assertThat(changes.received().peek()).isEqualTo(List.of(new Watch(Fixtures.ADAS_ID, ChangesFake.position(7))));
    }

    @Test
    void tellsAClientThatMissedTooMuchToReload() throws IOException {
        changes.replyNextWithTooMany();
        try (var stream = follow(ChangesFake.position(7).text())) {
            assertThat(stream.next())
                    .containsExactly("id: " + ChangesFake.position(1).text(), "event: reload", "data: {}");
        }
    }

    @Test
    void sendsOneEventForSeveralChangesToOneResource() throws IOException {
        try (var stream = follow(null)) {
            stream.position();
            changes.replyNext(new Change(Resource.TASK, Fixtures.TASK_ID, Kind.CREATED), TASK_UPDATED, TASK_UPDATED);
            assertThat(stream.next()).hasSize(3).contains("event: task.created");
            changes.replyNextWithTooMany();
            assertThat(stream.next()).contains("event: reload");
        }
    }

    @Test
    void sendsNoEventForWhatIsHidden() throws IOException {
        TestGateway.await(gateway.bus.answer(Messages.FIND, find -> Future.failedFuture(Problem.notFound("message"))));
        try (var stream = follow(null)) {
            stream.position();
            changes.replyNext(new Change(Resource.MESSAGE, Ids.next(), Kind.CREATED), TASK_UPDATED);
            assertThat(stream.next()).hasSize(3).contains("event: task.updated");
        }
    }

    @Test
    void sendsLaterWhatCannotBeReadNowAndNothingTwice() throws IOException {
        var attempts = new AtomicInteger();
        TestGateway.await(gateway.bus.answer(
                Messages.FIND,
                find -> Future.failedFuture(
                        attempts.incrementAndGet() == 1 ? Problem.unavailable() : Problem.notFound("message"))));
        var deleted = new Change(Resource.TASK, Ids.next(), Kind.DELETED);
        try (var stream = follow(null)) {
            stream.position();
            changes.replyNext(
                    TASK_UPDATED,
                    new Change(Resource.CONVERSATION, Ids.next(), Kind.DELETED),
                    new Change(Resource.MESSAGE, Ids.next(), Kind.CREATED),
                    deleted);
            changes.replyNextWithTooMany();

            assertThat(stream.next()).contains("event: task.updated");
            assertThat(stream.next()).contains("event: conversation.deleted");
            assertThat(stream.next()).hasSize(3).contains("event: task.deleted");
            assertThat(stream.next()).contains("event: reload");
        }
        assertThat(attempts).hasValue(2);
    }

    @Test
    void answersAChangeOfTheMediaTypeAlone() {
        var response = gateway.send(gateway.asAda("/api/v1/events").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    @Test
    void endsWithItsSession() throws IOException {
        try (var stream = follow(null)) {
            stream.position();
            gateway.bus.publish(Sessions.ENDED, new Ended(List.of(Fixtures.ADAS_SESSION)));
            assertThat(stream.rest()).endsWith("0");
        }
    }

    @Test
    void endsWithItsToken() throws IOException {
        long soon = Instant.now().getEpochSecond() + 2;
        var token = Fixtures.token(Fixtures.adasClaims().put("exp", soon));
        try (var stream = new EventLines(gateway, token, "GET /api/v1/events", "Accept: */*", "")) {
            stream.position();
            assertThat(stream.rest()).endsWith("0");
        }
    }

    @Test
    void refusesAPositionThatItDidNotSend() {
        var response = gateway.send(gateway.asAda("/api/v1/events").header("Last-Event-ID", "yesterday"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("Last-Event-ID");
    }

    @Test
    void isUnavailableIfAModuleIs() {
        try (var other = TestGateway.open()) {
            assertThat(other.get("/api/v1/events").statusCode()).isEqualTo(503);
        }
    }

    // Both connections are looked at together, so time has passed for the slow one when a silent one has been closed
    // twice.
    @Test
    void disconnectsAClientThatDoesNotReadAndBuffersLittleForIt() throws IOException {
        try (var hasty = TestGateway.open(TestGateway.SHORT_TIMEOUTS)) {
            var read = new AtomicInteger();
            var large = Fixtures.task("x".repeat(20_000));
            var many = Stream.generate(() -> new Change(Resource.TASK, Ids.next(), Kind.CREATED))
                    .limit(Changes.MAX_CHANGES)
                    .toList();
            TestGateway.await(hasty.bus.answer(
                    Changes.SINCE,
                    since -> Future.succeededFuture(
                            new ChangesSince(List.of(new WatchResult(many, ChangesFake.position(1), false))))));
            TestGateway.await(hasty.bus.answer(Tasks.FIND, find -> {
                read.incrementAndGet();
                return Future.succeededFuture(large);
            }));
            try (var stream = new EventLines(hasty, "GET /api/v1/events", "Accept: */*", "")) {
                stream.next();
                waitUntilNothingIsWritten(hasty, read);
                hasty.sendRaw(ALIVE);
                hasty.sendRaw(ALIVE);
                assertThat(stream.countUntilClosed()).isLessThan(MOST_BYTES);
            }
            assertThat(read).hasValueLessThan(MOST_BYTES / 20_000);
        }
    }

    // The system's own buffers take some megabytes first, which takes as long as the machine is busy.
    private static void waitUntilNothingIsWritten(TestGateway gateway, AtomicInteger read) throws IOException {
        int before;
        do {
            before = read.get();
            gateway.sendRaw(ALIVE);
        } while (read.get() != before);
    }

    private EventLines follow(String last) throws IOException {
        return new EventLines(
                gateway, "GET /api/v1/events", last == null ? "Accept: */*" : "Last-Event-ID: " + last, "");
    }

    /** Answers in place of the changes module: each prepared result once, to the next request. */
    private static final class ChangesFake {
        private record Prepared(List<Change> changes, boolean isIncomplete) {}

        private final Queue<Prepared> prepared = new ArrayDeque<>();
        private final Queue<List<Watch>> received = new ArrayDeque<>();
        private int number;
        private ChangePosition lastPosition = position(0);

        ChangesFake(TestGateway gateway) {
            TestGateway.await(gateway.bus.answer(Changes.SINCE, since -> Future.succeededFuture(answer(since))));
        }

        static ChangePosition position(int number) {
            return new ChangePosition(number);
        }

        private synchronized ChangesSince answer(Changes.Since since) {
            received.add(since.watches());
            var now = position(++number);
            // A watch without a position has missed nothing.
            var found = since.watches().get(0).after() == null ? null : prepared.poll();
            if (found == null) return new ChangesSince(List.of(new WatchResult(List.of(), now, false)));
            lastPosition = now;
            return new ChangesSince(List.of(new WatchResult(found.changes(), now, found.isIncomplete())));
        }

        synchronized void replyNext(Change... changes) {
            prepared.add(new Prepared(List.of(changes), false));
        }

        synchronized void replyNextWithTooMany() {
            prepared.add(new Prepared(List.of(), true));
        }

        synchronized ChangePosition lastPosition() {
            return lastPosition;
        }

        synchronized Queue<List<Watch>> received() {
            return new ArrayDeque<>(received);
        }

        List<UUID> users() {
            return received().stream().flatMap(List::stream).map(Watch::userId).toList();
        }
    }
}
