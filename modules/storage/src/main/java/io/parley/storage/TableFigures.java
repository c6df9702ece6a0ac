package io.parley.storage;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Row counts, growth and disk size of a module's tables, for administrators. Reads the whole table, which is acceptable
 * because administrators ask rarely.
 */
public final class TableFigures {
    /**
     * One state of a resource. The states of a table must not overlap, and every row must be in one of them.
     *
     * @param condition SQL on the columns of the counted table
     */
    public record State(String name, String condition) {}

    private record RowCounts(List<Count> counts, long lastWeek, long lastMonth) {}

    private final Query<RowCounts> rows;
    private final Query<Long> bytes;
    private final List<State> states;

    /**
     * @param table whose rows are counted; needs a column {@code created_at}
     * @param sideTables count for the disk size only
     */
    public TableFigures(Database database, String table, List<String> sideTables, List<State> states) {
        this.states = List.copyOf(states);
        this.rows = database.acrossUsers().query(rows(table, states), this::rowCounts);
        this.bytes = database.acrossUsers().query(bytes(table, sideTables), row -> Rows.bigint(row, "bytes"));
    }

    /** For a module with one table whose rows are either live or in the trash, by {@code deleted_at}. */
    public static TableFigures ofTrashable(Database database, String table) {
        var live = new State("live", "deleted_at IS NULL");
        var deleted = new State("deleted", "deleted_at IS NOT NULL");
        return new TableFigures(database, table, List.of(), List.of(live, deleted));
    }

    /** Fails forbidden if the access token is not an administrator's. */
    public Future<Figures> find(Statistics.Query query) {
        query.caller().requireAdmin();
        return rows.only(Parameters.none())
                .compose(counted -> bytes.only(Parameters.none()).map(size -> figures(counted, size)));
    }

    private static String rows(String table, List<State> states) {
        var counts = states.stream()
                .map(state -> "count(*) FILTER (WHERE %s) AS \"%s\"".formatted(state.condition(), state.name()))
                .collect(Collectors.joining(",\n       "));
        return """
            SELECT %s,
                   count(*) FILTER (WHERE created_at > now() - interval '7 days') AS last_week,
                   count(*) FILTER (WHERE created_at > now() - interval '30 days') AS last_month
              FROM %s
            """.formatted(counts, table);
    }

    // A statement of its own, because on a Citus cluster the other one is executed on the workers, once for each shard.
    private static String bytes(String table, List<String> sideTables) {
        return Stream.concat(Stream.of(table), sideTables.stream())
                .map(name -> "table_bytes('" + name + "')")
                .collect(Collectors.joining(" + ", "SELECT ", " AS bytes"));
    }

    private RowCounts rowCounts(Row row) {
        return new RowCounts(
                states.stream()
                        .map(state -> new Count(state.name(), Rows.bigint(row, state.name())))
                        .toList(),
                Rows.bigint(row, "last_week"),
                Rows.bigint(row, "last_month"));
    }

    private static Figures figures(RowCounts rows, long bytes) {
        return new Figures(rows.counts(), bytes, rows.lastWeek(), rows.lastMonth());
    }
}
