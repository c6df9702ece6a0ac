package io.parley.gateway.idempotency;

import static io.parley.gateway.idempotency.IdempotencyFake.FIRST;
import static io.parley.gateway.idempotency.IdempotencyFake.RESOURCE_ID;
import static io.parley.gateway.idempotency.IdempotencyFake.UNDER_WAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Sessions;
import io.parley.gateway.Callers;
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
    private static final Deque<Record> asked = new ConcurrentLinkedDeque<>();
    private static TestGateway house;
    private static IdempotencyFake retries;
    private static volatile Future<Task> created;

    @BeforeAll
    static void open() {
        house = TestGateway.open();
        retries = new IdempotencyFake(house.bus);
        TestGateway.done(house.bus.answer(Tasks.CREATE, create -> {
            asked.add(create);
            return created;
        }));
        TestGateway.done(house.bus.answer(Messages.POST, post -> {
            asked.add(post);
            return Future.failedFuture(Problem.notFound("conversation"));
        }));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void reset() {
        retries.reset();
        asked.clear();
        created = Future.succeededFuture(Callers.adasErrand);
    }

    @Test
    void keepTheAnswerOfWhatWasCreatedUnderTheIdOfTheKey() {
        var response = create("k");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Tasks.Create.class, create -> assertThat(create.id()).isEqualTo(RESOURCE_ID));
        assertThat(retries.begun.getLast())
                .returns(Callers.ada, Begin::caller)
                .returns("k", Begin::key)
                .returns(Duration.ofSeconds(24), Begin::attemptTimeout);
        assertThat(retries.finished).singleElement().satisfies(finish -> {
            assertThat(finish.attempt()).isEqualTo(FIRST);
            assertThat(finish.answer()).isEqualTo(storedErrand(response.body()));
        });
        assertThat(retries.released).isEmpty();
    }

    @Test
    void giveTheKeptAnswerAgainAndDoNothing() {
        var first = create("k");
        asked.clear();
        retries.next(Future.succeededFuture(new Begun(null, storedErrand(first.body()))));

        var again = create("k");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        for (var header : List.of("Location", "ETag", "Content-Type", "Cache-Control"))
            assertThat(again.headers().allValues(header))
                    .isEqualTo(first.headers().allValues(header))
                    .hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void giveAnAnswerWithoutABodyAgain() {
        retries.next(Future.succeededFuture(new Begun(null, new StoredAnswer(204, null, null, null))));

        var again = send(TASKS, DRAFT, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void refuseAnotherRequestUnderTheKey() {
        retries.next(Future.failedFuture(Problem.conflict("Idempotency-Key", "another")));

        var response = create("k");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(asked).isEmpty();
    }

    @Test
    void waitForTheAnswerOfTheAttemptThatIsUnderWay() {
        for (int i = 0; i < 3; i++) retries.next(Future.succeededFuture(UNDER_WAY));
        retries.next(Future.succeededFuture(new Begun(null, storedErrand("{}"))));

        assertThat(create("k").body()).isEqualTo("{}");

        assertThat(retries.begun).hasSize(4);
        assertThat(asked).isEmpty();
    }

    @Test
    void takeTheirTurnWhereTheAttemptThatWasUnderWayFailed() {
        retries.next(Future.succeededFuture(UNDER_WAY));

        assertThat(create("k").statusCode()).isEqualTo(201);

        assertThat(asked).hasSize(1);
    }

    @Test
    void areToldToComeBackWhereTheAttemptTakesTooLong() {
        try (var hasty = TestGateway.open(TestGateway.HASTY)) {
            var busy = new IdempotencyFake(hasty.bus);
            for (int i = 0; i < 10; i++) busy.next(Future.succeededFuture(UNDER_WAY));

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
    void freeTheKeyWhereNothingWasDone(Problem refusal) {
        created = Future.failedFuture(refusal);

        assertThat(create("k").statusCode()).isBetween(400, 499);

        assertThat(retries.released).containsExactly(new Release(FIRST, true));
        assertThat(retries.finished).isEmpty();
    }

    @Test
    void freeTheKeyWhereTheRouteRefusesIt() {
        assertThat(send("/api/v1/tasks/none/restore", "", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(400);

        assertThat(retries.released).containsExactly(new Release(FIRST, true));
    }

    static Stream<Throwable> mishaps() {
        return Stream.of(
                Problem.timeout(), Problem.unavailable(), Problem.internal(), new IllegalStateException("broken"));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void keepTheIdWhereNobodyKnowsWhatCameOfIt(Throwable mishap) {
        created = Future.failedFuture(mishap);

        assertThat(create("k").statusCode()).isBetween(500, 504);

        assertThat(retries.released).containsExactly(new Release(FIRST, false));
    }

    @Test
    void areAnsweredWhereTheAnswerCannotBeKept() {
        retries.keep(Future.failedFuture(Problem.unavailable()));

        assertThat(create("k").statusCode()).isEqualTo(201);

        assertThat(retries.released).isEmpty();
    }

    @Test
    void doNothingWhereTheirKeyCannotBeKept() {
        retries.next(Future.failedFuture(Problem.unavailable()));

        assertThat(create("k").statusCode()).isEqualTo(503);

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "6fd1b1f3-1c3e-4b62-9d4e-5b0f5f0a6c11", "!", "~", "a,b"})
    void haveKeysThatAreTakenAsTheyStand(String key) {
        assertThat(create(key).statusCode()).isEqualTo(201);
        assertThat(retries.begun.getLast().key()).isEqualTo(key);
    }

    @Test
    void haveKeysOfUpTo255Characters() {
        assertThat(create("k".repeat(255)).statusCode()).isEqualTo(201);
        refuses(create("k".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\"a b\"", "a\tb", "a, b"})
    void haveNoKeysWithSpaces(String key) {
        refuses(create(key));
    }

    @Test
    void haveNoKeysBeyondAscii() {
        var head =
                "POST /api/v1/tasks HTTP/1.1\r\nHost: parley\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Callers.token(Callers.adasClaims())
                        + "\r\nIdempotency-Key: Gr\u00f6\u00dfe\r\n";

        assertThat(house.untilClosed(head + "Content-Length: " + DRAFT.length() + "\r\n\r\n" + DRAFT))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"pointer\":\"Idempotency-Key\"");
    }

    @Test
    void haveOneKey() {
        refuses(send(TASKS, DRAFT, "Idempotency-Key", "k", "Idempotency-Key", "k"));
    }

    @Test
    void areNothingNewWhereThereIsNoKey() {
        assertThat(send(TASKS, DRAFT).statusCode()).isEqualTo(201);
        assertThat(retries.begun).isEmpty();
    }

    @Test
    void areNothingNewForOtherMethodsAndForWhoSignsIn() {
        TestGateway.done(
                house.bus.answer(Sessions.LOGOUT, logout -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        TestGateway.done(house.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Callers.adasErrand)));

        var logout = send("/api/v1/auth/logout", "{\"refresh_token\":\"spent\"}", "Idempotency-Key", "not one");
        var read = house.send(house.asAda(TASKS + "/" + Callers.ERRAND).header("Idempotency-Key", "not one"));

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(retries.begun).isEmpty();
    }

    @Test
    void leaveAMessageTheIdThatItsClientMade() {
        var place = "/api/v1/conversations/" + Callers.ERRAND + "/messages";

        send(place, "{\"role\":\"user\",\"content\":\"x\",\"id\":\"" + Callers.ERRAND + "\"}", "Idempotency-Key", "k");
        send(place, "{\"role\":\"user\",\"content\":\"x\"}", "Idempotency-Key", "k");

        assertThat(asked)
                .extracting(post -> ((Messages.Post) post).draft().id())
                .containsExactly(Callers.ERRAND, null);
        assertThat(asked).extracting(post -> ((Messages.Post) post).newId()).containsOnly(RESOURCE_ID);
    }

    @Test
    void areRecognizedByEverythingThatTheyAsk() {
        create("k");
        create("other");
        assertThat(fingerprints()).hasSize(2);
        assertThat(fingerprints().distinct()).hasSize(1);

        send(TASKS, DRAFT + " ", "Idempotency-Key", "k");
        house.send(keyed(TASKS, DRAFT).setHeader("Content-Type", "application/json; charset=utf-8"));
        send("/api/v1/conversations", DRAFT, "Idempotency-Key", "k");
        send("/api/v1/tasks/" + Callers.ERRAND + "/restore", "", "Idempotency-Key", "k");
        send("/api/v1/conversations/" + Callers.ERRAND + "/restore", "", "Idempotency-Key", "k");

        assertThat(fingerprints()).hasSize(7).allMatch(text -> text.matches("[0-9a-f]{64}"));
        assertThat(fingerprints().distinct()).hasSize(6);
    }

    @Test
    void areNotRecognizedWithoutTheSigningKey() {
        create("k");
        try (var other = TestGateway.open(otherKey())) {
            var elsewhere = new IdempotencyFake(other.bus);
            var claims = Callers.token(Callers.adasClaims(), OTHER_KEY);
            other.send(other.request(TASKS)
                    .header("Authorization", "Bearer " + claims)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(elsewhere.begun.getLast().fingerprint())
                    .isNotEqualTo(retries.begun.getLast().fingerprint());
        }
    }

    private static GatewaySettings otherKey() {
        var settings = TestGateway.PATIENT;
        return new GatewaySettings(
                settings.host(),
                settings.port(),
                settings.requestTimeout(),
                settings.receiveTimeout(),
                settings.idleTimeout(),
                settings.shutdownTimeout(),
                new TokenSettings(new Secret(OTHER_KEY), "parley", "parley", Duration.ofMinutes(15)));
    }

    private static Stream<String> fingerprints() {
        return retries.begun.stream().map(Begin::fingerprint);
    }

    private static StoredAnswer storedErrand(String body) {
        return new StoredAnswer(201, TASKS + "/" + Callers.ERRAND, EntityTags.of(Callers.adasErrand), body);
    }

    private static void refuses(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(retries.begun).noneMatch(begin -> begin.key().length() > 255);
    }

    private static HttpResponse<String> create(String key) {
        return send(TASKS, DRAFT, "Idempotency-Key", key);
    }

    private static HttpRequest.Builder keyed(String path, String body) {
        return house.asAda(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(String path, String body, String... headers) {
        var request =
                house.asAda(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return house.send(request);
    }
}
