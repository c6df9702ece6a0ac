package io.parley.gateway.idempotency;

import static io.parley.gateway.idempotency.IdempotencyFake.FIRST;
import static io.parley.gateway.idempotency.IdempotencyFake.RESOURCE_ID;
import static io.parley.gateway.idempotency.IdempotencyFake.STILL_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Sessions;
import io.parley.gateway.Fixtures;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.TestGateway;
import io.parley.gateway.auth.TokenSettings;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestsTest {
    private static final String TASKS = "/api/v1/tasks";
    private static final String DRAFT = "{\"title\":\"Book the flight\"}";
    private static final String OTHER_KEY = "another key of thirty-two bytes or more";
    private static final Deque<Record> received = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;
    private static IdempotencyFake idempotency;
    private static volatile Future<Task> created;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        idempotency = new IdempotencyFake(gateway.bus);
        TestGateway.await(gateway.bus.answer(Tasks.CREATE, create -> {
            received.add(create);
            return created;
        }));
        TestGateway.await(gateway.bus.answer(Messages.POST, post -> {
            received.add(post);
            return Future.failedFuture(Problem.notFound("conversation"));
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        idempotency.reset();
        received.clear();
        created = Future.succeededFuture(Fixtures.adasTask);
    }

    @Test
    void storeTheAnswerAndCreateUnderTheIdOfTheKey() {
        var response = create("k");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Tasks.Create.class, create -> assertThat(create.id()).isEqualTo(RESOURCE_ID));
        assertThat(idempotency.begun.getLast())
                .returns(Fixtures.ada, Begin::caller)
                .returns("k", Begin::key)
                .returns(Duration.ofSeconds(24), Begin::attemptTimeout);
        assertThat(idempotency.finished).singleElement().satisfies(finish -> {
            assertThat(finish.attempt()).isEqualTo(FIRST);
            assertThat(finish.answer()).isEqualTo(storedTask(response.body()));
        });
        assertThat(idempotency.released).isEmpty();
    }

    @Test
    void replayTheStoredAnswer() {
        var first = create("k");
        received.clear();
        idempotency.replyNext(Future.succeededFuture(new Begun(null, storedTask(first.body()))));

        var again = create("k");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        for (var header : List.of("Location", "ETag", "Content-Type", "Cache-Control"))
            assertThat(again.headers().allValues(header))
                    .isEqualTo(first.headers().allValues(header))
                    .hasSize(1);
        assertThat(received).isEmpty();
    }

    @Test
    void replayAnAnswerWithoutABody() {
        idempotency.replyNext(Future.succeededFuture(new Begun(null, new StoredAnswer(204, null, null, null))));

        var again = send(TASKS, DRAFT, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void refuseADifferentRequestUnderTheKey() {
        idempotency.replyNext(Future.failedFuture(Problem.conflict("Idempotency-Key", "another")));

        var response = create("k");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(received).isEmpty();
    }

    @Test
    void waitForTheAnswerOfTheRunningAttempt() {
        for (int i = 0; i < 3; i++) idempotency.replyNext(Future.succeededFuture(STILL_RUNNING));
        idempotency.replyNext(Future.succeededFuture(new Begun(null, storedTask("{}"))));

        assertThat(create("k").body()).isEqualTo("{}");

        assertThat(idempotency.begun).hasSize(4);
        assertThat(received).isEmpty();
    }

    @Test
    void runIfTheRunningAttemptFailed() {
        idempotency.replyNext(Future.succeededFuture(STILL_RUNNING));

        assertThat(create("k").statusCode()).isEqualTo(201);

        assertThat(received).hasSize(1);
    }

    @Test
    void answer409IfTheRunningAttemptTakesTooLong() {
        try (var hasty = TestGateway.open(TestGateway.SHORT_TIMEOUTS)) {
            var busy = new IdempotencyFake(hasty.bus);
            for (int i = 0; i < 10; i++) busy.replyNext(Future.succeededFuture(STILL_RUNNING));

            var response = hasty.send(hasty.asAda(TASKS)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        }
    }

    static Stream<Problem> refusals() {
        return Stream.of(
                Problem.invalid("/title", "is odd"),
                Problem.forbidden("conversation"),
                Problem.notFound("conversation"),
                Problem.conflict("/id", "is taken"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void freeTheKeyIfNothingWasDone(Problem refusal) {
        created = Future.failedFuture(refusal);

        assertThat(create("k").statusCode()).isBetween(400, 499);

        assertThat(idempotency.released).containsExactly(new Release(FIRST, true));
        assertThat(idempotency.finished).isEmpty();
    }

    @Test
    void freeTheKeyIfTheRouteRefusesTheRequest() {
        assertThat(send("/api/v1/tasks/none/restore", "", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(400);

        assertThat(idempotency.released).containsExactly(new Release(FIRST, true));
    }

    static Stream<Throwable> unexpectedFailures() {
        return Stream.of(
                Problem.timeout(), Problem.unavailable(), Problem.internal(), new IllegalStateException("broken"));
    }

    @ParameterizedTest
    @MethodSource("unexpectedFailures")
    void keepTheIdIfTheOutcomeIsUnknown(Throwable mishap) {
        created = Future.failedFuture(mishap);

        assertThat(create("k").statusCode()).isBetween(500, 504);

        assertThat(idempotency.released).containsExactly(new Release(FIRST, false));
    }

    @Test
    void answerEvenIfTheAnswerCannotBeStored() {
        idempotency.replyToFinish(Future.failedFuture(Problem.unavailable()));

        assertThat(create("k").statusCode()).isEqualTo(201);

        assertThat(idempotency.released).isEmpty();
    }

    @Test
    void doNothingIfTheKeyCannotBeStored() {
        idempotency.replyNext(Future.failedFuture(Problem.unavailable()));

        assertThat(create("k").statusCode()).isEqualTo(503);

        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "6fd1b1f3-1c3e-4b62-9d4e-5b0f5f0a6c11", "!", "~", "a,b"})
    void takeKeysAsTheyAreSent(String key) {
        assertThat(create(key).statusCode()).isEqualTo(201);
        assertThat(idempotency.begun.getLast().key()).isEqualTo(key);
    }

    @Test
    void takeKeysOfUpTo255Characters() {
        assertThat(create("k".repeat(255)).statusCode()).isEqualTo(201);
        refuses(create("k".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\"a b\"", "a\tb", "a, b"})
    void refuseKeysWithSpaces(String key) {
        refuses(create(key));
    }

    @Test
    void refuseKeysBeyondAscii() {
        var head =
                "POST /api/v1/tasks HTTP/1.1\r\nHost: parley\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Fixtures.token(Fixtures.adasClaims())
                        + "\r\nIdempotency-Key: Gr\u00f6\u00dfe\r\n";

        assertThat(gateway.sendRaw(head + "Content-Length: " + DRAFT.length() + "\r\n\r\n" + DRAFT))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"pointer\":\"Idempotency-Key\"");
    }

    @Test
    void refuseTwoKeys() {
        refuses(send(TASKS, DRAFT, "Idempotency-Key", "k", "Idempotency-Key", "k"));
    }

    @Test
    void doNothingWithoutAKey() {
        assertThat(send(TASKS, DRAFT).statusCode()).isEqualTo(201);
        assertThat(idempotency.begun).isEmpty();
    }

    @Test
    void ignoreTheKeyForOtherMethodsAndForSignIn() {
        TestGateway.await(
                gateway.bus.answer(Sessions.LOGOUT, logout -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));

        var logout = send("/api/v1/auth/logout", "{\"refresh_token\":\"spent\"}", "Idempotency-Key", "not one");
        var read = gateway.send(gateway.asAda(TASKS + "/" + Fixtures.TASK_ID).header("Idempotency-Key", "not one"));

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(idempotency.begun).isEmpty();
    }

    @Test
    void keepTheIdThatTheClientGaveAMessage() {
        var place = "/api/v1/conversations/" + Fixtures.TASK_ID + "/messages";

        send(
                place,
                "{\"role\":\"user\",\"content\":\"x\",\"id\":\"" + Fixtures.TASK_ID + "\"}",
                "Idempotency-Key",
                "k");
        send(place, "{\"role\":\"user\",\"content\":\"x\"}", "Idempotency-Key", "k");

        assertThat(received)
                .extracting(post -> ((Messages.Post) post).draft().id())
                .containsExactly(Fixtures.TASK_ID, null);
        assertThat(received).extracting(post -> ((Messages.Post) post).newId()).containsOnly(RESOURCE_ID);
    }

    @Test
    void haveAFingerprintOfEverythingThatTheySend() {
        create("k");
        create("other");
        assertThat(fingerprints()).hasSize(2);
        assertThat(fingerprints().distinct()).hasSize(1);

        send(TASKS, DRAFT + " ", "Idempotency-Key", "k");
        gateway.send(keyed(TASKS, DRAFT).setHeader("Content-Type", "application/json; charset=utf-8"));
        send("/api/v1/conversations", DRAFT, "Idempotency-Key", "k");
        send("/api/v1/tasks/" + Fixtures.TASK_ID + "/restore", "", "Idempotency-Key", "k");
        send("/api/v1/conversations/" + Fixtures.TASK_ID + "/restore", "", "Idempotency-Key", "k");

        assertThat(fingerprints()).hasSize(7).allMatch(text -> text.matches("[0-9a-f]{64}"));
        assertThat(fingerprints().distinct()).hasSize(6);
    }

    @Test
    void haveAFingerprintThatNeedsTheSigningKey() {
        create("k");
        try (var other = TestGateway.open(otherKey())) {
            var elsewhere = new IdempotencyFake(other.bus);
            var claims = Fixtures.token(Fixtures.adasClaims(), OTHER_KEY);
            other.send(other.request(TASKS)
                    .header("Authorization", "Bearer " + claims)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(elsewhere.begun.getLast().fingerprint())
                    .isNotEqualTo(idempotency.begun.getLast().fingerprint());
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

    private static Stream<String> fingerprints() {
        return idempotency.begun.stream().map(Begin::fingerprint);
    }

    private static StoredAnswer storedTask(String body) {
        return new StoredAnswer(201, TASKS + "/" + Fixtures.TASK_ID, EntityTags.of(Fixtures.adasTask), body);
    }

    private static void refuses(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(idempotency.begun).noneMatch(begin -> begin.key().length() > 255);
    }

    private static HttpResponse<String> create(String key) {
        return send(TASKS, DRAFT, "Idempotency-Key", key);
    }

    private static HttpRequest.Builder keyed(String path, String body) {
        return gateway.asAda(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(String path, String body, String... headers) {
        var request =
                gateway.asAda(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return gateway.send(request);
    }
}
