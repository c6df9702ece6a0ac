package io.parley.gateway;

import static io.parley.gateway.RetriesFake.FIRST;
import static io.parley.gateway.RetriesFake.RESOURCE_ID;
import static io.parley.gateway.RetriesFake.UNDER_WAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Messages;
import io.parley.contracts.retries.Retries.Begin;
import io.parley.contracts.retries.Retries.Begun;
import io.parley.contracts.retries.Retries.Release;
import io.parley.contracts.retries.Retries.Stored;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.users.Sessions;
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

class RepeatsTest {
    private static final String TASKS = "/api/v1/tasks";
    private static final String DRAFT = "{\"title\":\"Book the flight\"}";
    private static final String OTHER_KEY = "another key of thirty-two bytes or more";
    private static final Deque<Record> asked = new ConcurrentLinkedDeque<>();
    private static House house;
    private static RetriesFake retries;
    private static volatile Future<Task> created;

    @BeforeAll
    static void open() {
        house = House.open();
        retries = new RetriesFake(house.bus);
        House.done(house.bus.answer(Tasks.CREATE, create -> {
            asked.add(create);
            return created;
        }));
        House.done(house.bus.answer(Messages.POST, post -> {
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
        created = Future.succeededFuture(People.adasErrand);
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
                .returns(People.ada, Begin::caller)
                .returns("k", Begin::key)
                .returns(Duration.ofSeconds(24), Begin::lock);
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
        retries.next(Future.succeededFuture(new Begun(null, new Stored(204, null, null, null))));

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
        assertThat(House.pointers(response)).containsExactly("Idempotency-Key");
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
        try (var hasty = House.open(House.HASTY)) {
            var busy = new RetriesFake(hasty.bus);
            for (int i = 0; i < 10; i++) busy.next(Future.succeededFuture(UNDER_WAY));

            var response = hasty.send(hasty.asAda(TASKS)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(House.pointers(response)).containsExactly("Idempotency-Key");
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
                        + "Authorization: Bearer " + People.token(People.adasClaims())
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
        House.done(house.bus.answer(Sessions.LOGOUT, logout -> Future.succeededFuture(new Sessions.Ended(List.of()))));
        House.done(house.bus.answer(Tasks.FIND, find -> Future.succeededFuture(People.adasErrand)));

        var logout = send("/api/v1/auth/logout", "{\"refresh_token\":\"spent\"}", "Idempotency-Key", "not one");
        var read = house.send(house.asAda(TASKS + "/" + People.ERRAND).header("Idempotency-Key", "not one"));

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(retries.begun).isEmpty();
    }

    @Test
    void leaveAMessageTheIdThatItsClientMade() {
        var place = "/api/v1/conversations/" + People.ERRAND + "/messages";

        send(place, "{\"role\":\"user\",\"content\":\"x\",\"id\":\"" + People.ERRAND + "\"}", "Idempotency-Key", "k");
        send(place, "{\"role\":\"user\",\"content\":\"x\"}", "Idempotency-Key", "k");

        assertThat(asked)
                .extracting(post -> ((Messages.Post) post).draft().id())
                .containsExactly(People.ERRAND, null);
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
        send("/api/v1/tasks/" + People.ERRAND + "/restore", "", "Idempotency-Key", "k");
        send("/api/v1/conversations/" + People.ERRAND + "/restore", "", "Idempotency-Key", "k");

        assertThat(fingerprints()).hasSize(7).allMatch(text -> text.matches("[0-9a-f]{64}"));
        assertThat(fingerprints().distinct()).hasSize(6);
    }

    @Test
    void areNotRecognizedWithoutTheSigningKey() {
        create("k");
        try (var other = House.open(otherKey())) {
            var elsewhere = new RetriesFake(other.bus);
            var claims = People.token(People.adasClaims(), OTHER_KEY);
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
        var settings = House.PATIENT;
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

    private static Stored storedErrand(String body) {
        return new Stored(201, TASKS + "/" + People.ERRAND, EntityTags.of(People.adasErrand), body);
    }

    private static void refuses(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(House.pointers(response)).containsExactly("Idempotency-Key");
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
