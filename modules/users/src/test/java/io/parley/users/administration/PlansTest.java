package io.parley.users.administration;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.Filter;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.postgres.QueryPlans;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query plans of the lists with a hundred thousand users. */
@ExtendWith(PostgresExtension.class)
class PlansTest {
    private static final Instant SPRING = Instant.parse("2026-03-20T00:00:00Z");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("caller_id", "'" + ada.userId() + "'::uuid"),
            Map.entry("user_id", "'" + ada.userId() + "'::uuid"),
            Map.entry("role", "'admin'"),
            Map.entry("is_active", "false"),
            Map.entry("q", "'u77'"),
            Map.entry("cursor_at", "timestamptz '2026-03-20'"),
            Map.entry("cursor_id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("limit", "51"));

    @BeforeAll
    static void insert(DatabaseUrl url) throws SQLException {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO users (id, email, password_hash, role, is_active, created_at)
                SELECT ('01900000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, 'u' || n || '@example.org', 'none',
                       CASE WHEN n % 1000 = 0 THEN 'admin' ELSE 'user' END, n % 50 > 0,
                       timestamptz '2026-01-01 00:00Z' + n * interval '3 min'
                  FROM generate_series(0, 99999) n
                """);
            statement.execute("VACUUM ANALYZE users");
        }
    }

    @Test
    void useAnIndexForEveryListAndFilter(Database database, DatabaseUrl url) {
        var administration = new AdministrationStore(database);
        for (var filter : List.of(
                new Filter(null, null, null),
                new Filter("u77", null, null),
                new Filter(null, Role.ADMIN, null),
                new Filter(null, null, false),
                new Filter("u77", Role.ADMIN, true)))
            for (var order : Order.values())
                for (var cursor : new Cursor[] {null, new Cursor(SPRING, Ids.next())})
                    Answers.of(administration.list(
                            new Administration.ListUsers(ada, filter, new PageRequest(cursor, 50, order))));
        var plans = new QueryPlans(database, url, VALUES);

        var lists = plans.reads("FROM users WHERE true");

        assertThat(lists).hasSize(20);
        for (var text : lists)
            assertThat(plans.of(text))
                    .as(text)
                    .allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan on users"));
    }
}
