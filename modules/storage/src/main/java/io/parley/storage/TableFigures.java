package io.parley.storage;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.Collectors;

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

    private final Query<Figures> figures;
    private final List<State> states;

    /**
     * @param table whose rows are counted; needs a column {@code created_at}
     * @param sideTables count for the disk size only
     */
    public TableFigures(Database database, String table, List<String> sideTables, List<State> states) {
        this.states = List.copyOf(states);
        this.figures = database.query(sql(table, sideTables, states), this::figures);
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
        return figures.only(Parameters.none());
    }

    private static String sql(String table, List<String> sideTables, List<State> states) {
        var counts = states.stream()
                .map(state -> "count(*) FILTER (WHERE %s) AS \"%s\"".formatted(state.condition(), state.name()))
                .collect(Collectors.joining(",\n       "));
        var sideBytes = sideTables.stream()
                .map(sideTable -> " + pg_total_relation_size('" + sideTable + "')")
                .collect(Collectors.joining());
        return """
            SELECT %s,
                   pg_total_relation_size('%s')%s AS bytes,
                   count(*) FILTER (WHERE created_at > now() - interval '7 days') AS last_week,
                   count(*) FILTER (WHERE created_at > now() - interval '30 days') AS last_month
              FROM %s
            """.formatted(counts, table, sideBytes, table);
    }

    private Figures figures(Row row) {
        return new Figures(
                states.stream()
                        .map(state -> new Count(state.name(), Rows.bigint(row, state.name())))
                        .toList(),
                Rows.bigint(row, "bytes"),
                Rows.bigint(row, "last_week"),
                Rows.bigint(row, "last_month"));
    }
}
