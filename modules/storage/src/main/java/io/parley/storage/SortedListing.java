package io.parley.storage;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.pages.BoundedRows;
import io.parley.storage.pages.SizedPage;
import io.parley.storage.sorted.SortKey;
import io.parley.storage.sorted.SortedRow;
import io.parley.storage.sorted.SortedRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads stretches of lists that are sorted by a field and then by id, or of their rows without the field, which are sorted by id
 * alone (keyset paging, as in {@link Listing}).
 *
 * @param columns that the statement selects, {@code id} among them
 * @param from the tables and the fixed filters, up to and including the first condition of its {@code WHERE}
 * @param id the column with the same value as {@code id} that the index has
 * @param large the names of the columns that are texts of any size
 */
public record SortedListing<T extends Record>(
        Database database, String columns, String from, String id, List<String> large, Function<Row, T> row) {

    /**
     * Where a stretch begins.
     *
     * @param key of the row before it; null if it is sorted by id alone
     * @param id of the row before it; null if the stretch begins after all rows with the key
     */
    public record Start(@Nullable Object key, @Nullable UUID id) {}

    private record Keyed<T>(T item, @Nullable Object key, long bytes) {}

    /** Of rows that have the field. The conditions must say so if it can be missing. */
    public Future<SortedRows<T>> stretch(
            Conditions conditions, SortKey key, @Nullable Start after, Order order, int limit) {
        var direction = order == Order.ASC ? " ASC" : " DESC";
        var sql = "SELECT " + columns + ", " + key.sql() + " AS " + SortKey.COLUMN + " FROM " + from + " AND "
                + conditions.sql() + after(key.sql(), after, order) + " ORDER BY " + key.sql() + direction + ", " + id
                + direction + " LIMIT #{limit}";
        var outer = " ORDER BY " + SortKey.COLUMN + direction + ", id" + direction;
        return read(sql, outer, conditions, after, limit, each -> key.of(each));
    }

    /** Of rows that do not have it, as the conditions must say. */
    public Future<SortedRows<T>> stretch(Conditions conditions, @Nullable Start after, Order order, int limit) {
        var direction = order == Order.ASC ? " ASC" : " DESC";
        var compared = after == null ? "" : " AND " + id + comparison(order) + "#{cursor_id}";
        var sql = "SELECT " + columns + " FROM " + from + " AND " + conditions.sql() + compared + " ORDER BY " + id
                + direction + " LIMIT #{limit}";
        return read(sql, " ORDER BY id" + direction, conditions, after, limit, each -> null);
    }

    /** A page of the rows, no larger than a page of any list. */
    public SortedPage<T> page(SortedRows<T> rows, SortRequest request, Function<SortedRow<T>, SortCursor> cursor) {
        return rows.page(request.limit(), database.pageLimits().bytes(), cursor);
    }

    private String after(String key, @Nullable Start after, Order order) {
        if (after == null) return "";
        return after.id() == null
                ? " AND " + key + comparison(order) + "#{cursor_key}"
                : " AND (" + key + ", " + id + ")" + comparison(order) + "(#{cursor_key}, #{cursor_id})";
    }

    private static String comparison(Order order) {
        return order == Order.ASC ? " > " : " < ";
    }

    private Future<SortedRows<T>> read(
            String sql,
            String order,
            Conditions conditions,
            @Nullable Start after,
            int limit,
            Function<Row, @Nullable Object> key) {
        var bounded = new BoundedRows<>(
                large, each -> new Keyed<>(row.apply(each), key.apply(each), Rows.bigint(each, "row_bytes")));
        var statement = database.query(bounded.sql(sql, order), bounded::sized);
        IntFunction<Future<SizedPage<Keyed<T>>>> bounds = bytes -> statement
                .list(parameters(conditions, after, limit).and("most_bytes", bytes))
                .map(rows -> BoundedRows.Sized.page(rows, limit, bytes));
        return database.pageLimits()
                .counted(Integer.MAX_VALUE, bounds)
                .map(page -> new SortedRows<>(
                        page.items().stream()
                                .map(each -> new SortedRow<>(each.item(), each.key(), each.bytes()))
                                .toList(),
                        !page.hasNext()));
    }

    // One more row than requested shows whether there is a next one.
    private static Parameters parameters(Conditions conditions, @Nullable Start after, int limit) {
        var parameters = conditions.parameters().and("limit", limit + 1);
        if (after == null) return parameters;
        if (after.key() != null) parameters.and("cursor_key", after.key());
        return after.id() == null ? parameters : parameters.and("cursor_id", after.id());
    }
}
