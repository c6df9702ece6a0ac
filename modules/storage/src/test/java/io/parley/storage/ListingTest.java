package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Cursor;
import io.parley.kernel.PageRequest;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two pages that one event loop requests at once, and pages of large rows. */
class ListingTest {
    private static final PageRequest FIRST = new PageRequest(null, 1, PageRequest.Order.ASC);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, 8, false));
    private final Listing<Line> list = new Listing<>(
            database,
            "SELECT now() AS began, v.id FROM (VALUES (gen_random_uuid())) AS v(id) WHERE true",
            List.of(),
            "now()",
            "v.id",
            row -> new Line(Rows.instant(row, "began"), row.getUUID("id")),
            line -> new Cursor(line.began(), line.id()));

    private record Line(Instant began, UUID id) {}

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void areReadInOneTransaction() {
        assertThat(transactions(ListingTest::ownRows)).hasSize(1);
    }

    @Test
    void areSentApartIfTheyMayExamineRowsWithoutReturningThem() {
        assertThat(transactions(() -> ownRows().and("#{sought}::int = 1", "sought", 1)))
                .hasSize(2);
        assertThat(transactions(() -> Conditions.narrowedTo("#{sought}::int = 1", "sought", 1)))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5_000, 50_000})
    void haveAllTheirRowsIfTheyFitIntoTheLargestPage(int size) {
        assertThat(numbers(texts(size), null, 60)).containsExactlyElementsOf(upTo(60));
    }

    @Test
    void endBeforeTheRowThatExceedsTheLargestPageAndGoOnWithIt() {
        var list = texts(1_000_000);
        var first = numbers(list, null, 60);

        assertThat(first).containsExactly(0, 1, 2, 3);
        assertThat(numbers(list, first.get(3), 60)).containsExactly(4, 5, 6, 7);
        assertThat(numbers(list, 98, 60)).containsExactly(99);
    }

    @Test
    void letTheDatabaseSendNoMoreThanTheLargestPageAndARow() {
        var server = Servers.newDatabase();
        var relay = new CountingRelay(vertx, server);
        var relayed = Database.connect(vertx, relay.url(), new PoolSettings(1, 8, false));

        assertThat(numbers(texts(relayed, 1_000_000), null, 60)).containsExactly(0, 1, 2, 3);

        assertThat(relay.received()).isLessThan(5 * 1024 * 1024 + 100_000L);
    }

    private Listing<Text> texts(int size) {
        return texts(database, size);
    }

    /** A hundred rows with texts of so many characters. */
    private static Listing<Text> texts(Database database, int size) {
        return new Listing<>(
                database,
                "SELECT v.id, v.n, repeat('x', " + size + ") AS text"
                        + " FROM (SELECT n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id"
                        + " FROM generate_series(0, 99) n) AS v WHERE true",
                List.of("text"),
                null,
                "v.id",
                row -> new Text(
                        Rows.uuid(row, "id"),
                        Rows.integer(row, "n"),
                        Rows.text(row, "text").length()),
                text -> new Cursor(Instant.EPOCH, text.id()));
    }

    private record Text(UUID id, int number, int length) {}

    private static List<Integer> numbers(Listing<Text> list, @Nullable Integer after, int limit) {
        var cursor = after == null
                ? null
                : new Cursor(Instant.EPOCH, UUID.fromString("00000000-0000-7000-8000-%012d".formatted(after)));
        var page = Futures.result(list.page(ownRows(), new PageRequest(cursor, limit, PageRequest.Order.ASC)));
        return page.items().stream().map(Text::number).toList();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static Conditions ownRows() {
        return Conditions.of("#{owner}::int = 1", "owner", 1);
    }

    private List<Instant> transactions(Supplier<Conditions> conditions) {
        Promise<List<Future<Instant>>> asked = Promise.promise();
        vertx.runOnContext(now -> asked.complete(List.of(began(conditions.get()), began(conditions.get()))));
        return Futures.result(asked.future()).stream()
                .map(Futures::result)
                .distinct()
                .toList();
    }

    private Future<Instant> began(Conditions conditions) {
        return list.page(conditions, FIRST).map(page -> page.items().get(0).began());
    }
}
