package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.ConversationStats;
import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsRoutesTest {
    private static final Instant MARCH = Instant.parse("2027-03-01T00:00:00Z");
    private static final Deque<DateRange> received = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(
                Analytics.MESSAGES,
                span -> Future.succeededFuture(new Usage(List.of(
                        new Count(MARCH, "tokens", "gpt-5", 7),
                        new Count(MARCH, "tokens", null, 2),
                        new Count(MARCH, "user", null, 3))))));
        TestGateway.await(gateway.bus.answer(
                Analytics.CONVERSATIONS,
                span -> Future.succeededFuture(new Usage(List.of(new Count(MARCH, "started", null, 1))))));
        TestGateway.await(gateway.bus.answer(Analytics.TASKS, span -> {
            received.add(span);
            return Future.succeededFuture(
                    new Usage(List.of(new Count(MARCH, "created", null, 5), new Count(MARCH, "completed", null, 4))));
        }));
        TestGateway.await(gateway.bus.answer(
                Analytics.CONVERSATION_STATS,
                stats -> Future.succeededFuture(new ConversationStats(Map.of("user", 2L), 9, Fixtures.NOON, null))));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void joinsTheCountsOfTheModulesInOneRow() {
        assertThat(usage("from=2027-03-01T00:00:00Z&to=2027-03-02T00:00:00Z"))
                .containsExactly(new JsonObject("{\"bucket\":\"2027-03-01T00:00:00Z\","
                        + "\"messages\":{\"user\":3,\"assistant\":0,\"system\":0,\"tool\":0},"
                        + "\"tokens\":[{\"model\":\"gpt-5\",\"count\":7},{\"model\":null,\"count\":2}],"
                        + "\"conversations_started\":1,\"tasks_created\":5,\"tasks_completed\":4}"));
        assertThat(received.getLast())
                .isEqualTo(new DateRange(Fixtures.ada, MARCH, Instant.parse("2027-03-02T00:00:00Z"), Bucket.DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2027-02-28T23:00:00Z, 2027-03-02T00:00:01Z, 2027-02-28 2027-03-01 2027-03-02",
        "week, 2027-03-01T00:00:00Z, 2027-03-15T00:00:00Z, 2027-03-01 2027-03-08",
        "week, 2027-02-28T00:00:00Z, 2027-03-01T00:00:01Z, 2027-02-22 2027-03-01",
        "month, 2027-01-31T23:59:59Z, 2027-03-31T00:00:00Z, 2027-01-01 2027-02-01 2027-03-01",
        "month, 2027-03-01T00:00:00%2B01:00, 2027-03-01T02:00:00%2B01:00, 2027-02-01 2027-03-01"
    })
    void hasARowForEveryBucketOfThePeriod(String bucket, String from, String to, String days) {
        assertThat(usage("bucket=" + bucket + "&from=" + from + "&to=" + to))
                .extracting(row -> ((JsonObject) row).getString("bucket").substring(0, 10))
                .containsExactly(days.split(" "));
    }

    @Test
    void answersTheLast30DaysByDefault() {
        var before = Instant.now();

        usage("bucket=week");

        var range = received.getLast();
        assertThat(range.to()).isBetween(before, Instant.now());
        assertThat(range.from()).isEqualTo(range.to().minus(Duration.ofDays(30)));
        assertThat(range.bucket()).isEqualTo(Bucket.WEEK);
    }

    @Test
    void answersThe30DaysBeforeTheEnd() {
        usage("to=2027-03-31T00:00:00Z");
        assertThat(received.getLast())
                .isEqualTo(new DateRange(Fixtures.ada, MARCH, Instant.parse("2027-03-31T00:00:00Z"), Bucket.DAY));
    }

    @Test
    void beginsNoEarlierThanTheFirstTimeThatCanBeNamed() {
        usage("to=0001-01-20T00:00:00Z");
        assertThat(received.getLast().from()).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    }

    @Test
    void answersFromTheStartUntilNow() {
        var from = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);

        usage("from=" + from);

        assertThat(received.getLast().from()).isEqualTo(from);
        assertThat(received.getLast().to()).isBetween(from.plus(Duration.ofDays(3)), Instant.now());
    }

    private static JsonArray usage(String query) {
        var response = gateway.get("/api/v1/analytics/usage?" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        return TestGateway.json(response).getJsonArray("items");
    }

    @ParameterizedTest
    @CsvSource({
        "from=9998-03-01T00:00:00Z, from",
        "to=0001-01-01T00:00:00Z, to",
        "from=2020-03-01T00:00:00Z, to",
        "from=2027-03-01&to=2027-03-02T00:00:00Z, from",
        "from=2027-03-02T00:00:00Z&to=2027-03-02T00:00:00Z, to",
        "from=2027-03-02T00:00:00Z&to=2029-03-02T00:00:00Z, to",
        "from=2027-03-01T00:00:00Z&to=2027-03-02T00:00:00Z&bucket=hour, bucket"
    })
    void namesTheInvalidParameter(String query, String pointer) {
        var response = gateway.get("/api/v1/analytics/usage?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @Test
    void countsWhatIsInAConversation() {
        var response = gateway.get("/api/v1/conversations/" + Fixtures.TASK_ID + "/stats");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"messages\":{\"user\":2},\"tokens\":9,"
                        + "\"first\":\"2027-03-01T12:00:00.123456Z\",\"last\":null}");
    }
}
