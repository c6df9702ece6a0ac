package io.parley.storage;

import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.storage.pages.BoundedRows;
import io.parley.storage.pages.SizedPage;
import io.parley.storage.pool.SmallRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list in pages, ordered by a time and then by id (keyset paging: every page costs the same, and rows that are added
 * meanwhile do not shift the others). A page ends when it has enough rows or enough bytes, whichever comes first.
 *
 * @param select the columns and the fixed filters, up to and including the first condition of its {@code WHERE}
 * @param large the names of the selected columns that are texts of any size; if there are any, a page is bounded in bytes,
 *     and {@code select} must select {@code time} and {@code id} under their names
 * @param time column that orders the list; null if the id alone does
 * @param id column that orders rows of the same time
 * @param position of a row in that order
 */
public record Listing<T extends Record>(
        Database database,
        String select,
        List<String> large,
        @Nullable String time,
        String id,
        Function<Row, T> row,
        Function<T, Cursor> position) {

    /** The texts of statements so far: to compose and to hash one again took a tenth of the server's CPU time for a list. */
    private static final Map<TextKey, String> TEXTS = new ConcurrentHashMap<>();

    /** What a text depends on. */
    private record TextKey(
            String select,
            @Nullable String time,
            String id,
            String conditions,
            boolean hasCursor,
            PageRequest.Order order,
            boolean isCounted) {}

    /** The page ends before the row that would exceed its bytes, but it has at least one row. */
    public Future<Page<T>> page(Conditions conditions, PageRequest request) {
        return large.isEmpty() ? pageOfRows(conditions, request) : pageOfBytes(conditions, request);
    }

    private Future<Page<T>> pageOfRows(Conditions conditions, PageRequest request) {
        var statement = database.query(text(conditions, request, false), row);
        return (conditions.isNarrowed() ? statement : statement.batched())
                .list(parameters(conditions, request))
                .map(rows -> Page.of(rows, request.limit(), position));
    }

    private Future<Page<T>> pageOfBytes(Conditions conditions, PageRequest request) {
        return database.pageLimits()
                .read(
                        conditions.parameters().user(),
                        request.bytes(),
                        () -> database.query(text(conditions, request, false), row)
                                .listIfSmall(
                                        parameters(conditions, request)
                                                .and("most_bytes", SmallRows.largest(request.limit() + 1)),
                                        !conditions.isNarrowed())
                                .map(found -> found.map(rows -> SizedPage.of(rows, request.limit()))),
                        bytes -> counted(conditions, request)
                                .list(parameters(conditions, request).and("most_bytes", bytes))
                                .map(found -> BoundedRows.Sized.page(found, request.limit(), bytes)))
                .map(page -> page.toPage(position));
    }

    private Query<BoundedRows.Sized<T>> counted(Conditions conditions, PageRequest request) {
        var statement = database.query(text(conditions, request, true), new BoundedRows<>(large, row)::sized);
        return conditions.isNarrowed() ? statement : statement.batched();
    }

    private String text(Conditions conditions, PageRequest request, boolean isCounted) {
        var key = new TextKey(select, time, id, conditions.sql(), request.cursor() != null, request.order(), isCounted);
        // A plain get first: computeIfAbsent may lock even if the key is there.
        var known = TEXTS.get(key);
        return known == null ? TEXTS.computeIfAbsent(key, each -> bounded(conditions, request, isCounted)) : known;
    }

    private String bounded(Conditions conditions, PageRequest request, boolean isCounted) {
        var rows = sql(conditions, request);
        if (large.isEmpty()) return rows;
        var bounded = new BoundedRows<>(large, row);
        return isCounted
                ? bounded.sql(rows, " ORDER BY " + order(request, Listing::unqualified))
                : bounded.smallSql(rows);
    }

    private String sql(Conditions conditions, PageRequest request) {
        return select + " AND " + conditions.sql() + afterCursor(request) + " ORDER BY "
                + order(request, column -> column) + " LIMIT #{limit}";
    }

    private String afterCursor(PageRequest request) {
        if (request.cursor() == null) return "";
        var after = isAscending(request) ? " > " : " < ";
        return time == null
                ? " AND " + id + after + "#{cursor_id}"
                : " AND (" + time + ", " + id + ")" + after + "(#{cursor_at}, #{cursor_id})";
    }

    private String order(PageRequest request, UnaryOperator<String> name) {
        var direction = isAscending(request) ? " ASC" : " DESC";
        var byId = name.apply(id) + direction;
        return time == null ? byId : name.apply(time) + direction + ", " + byId;
    }

    private static boolean isAscending(PageRequest request) {
        return request.order() == PageRequest.Order.ASC;
    }

    private static String unqualified(String column) {
        return column.substring(column.indexOf('.') + 1);
    }

    // One more row than requested shows whether there is a next page.
    private Parameters parameters(Conditions conditions, PageRequest request) {
        var parameters = conditions.parameters().and("limit", request.limit() + 1);
        var cursor = request.cursor();
        if (cursor == null) return parameters;
        parameters.and("cursor_id", cursor.id());
        return time == null ? parameters : parameters.and("cursor_at", cursor.at());
    }
}
