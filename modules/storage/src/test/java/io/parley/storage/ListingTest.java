package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Cursor;
import io.parley.kernel.PageRequest;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.pool.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pages that one event loop requests at once. */
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
