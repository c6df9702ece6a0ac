package io.parley.storage;

import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.function.Function;

/**
 * A list in pages, ordered by a time and then by id (keyset paging: every page costs the same, and rows that are added
 * meanwhile do not shift the others).
 *
 * @param select the columns and the fixed filters, up to and including the first condition of its {@code WHERE}
 * @param time column that orders the list
 * @param id column that orders rows of the same time
 * @param position of a row in that order
 */
public record Listing<T extends Record>(
        Database database, String select, String time, String id, Function<Row, T> row, Function<T, Cursor> position) {

    public Future<Page<T>> page(Conditions conditions, PageRequest request) {
        return statement(conditions, request)
                .list(parameters(conditions, request))
                .map(rows -> Page.of(rows, request.limit(), position));
    }

    private Query<T> statement(Conditions conditions, PageRequest request) {
        var statement = database.query(sql(conditions, request), row);
        return conditions.isNarrowed() ? statement : statement.batched();
    }

    private String sql(Conditions conditions, PageRequest request) {
        boolean ascending = request.order() == PageRequest.Order.ASC;
        var direction = ascending ? " ASC" : " DESC";
        var after = request.cursor() == null
                ? ""
                : " AND (" + time + ", " + id + ") " + (ascending ? ">" : "<") + " (#{cursor_at}, #{cursor_id})";
        return select + " AND " + conditions.sql() + after + " ORDER BY " + time + direction + ", " + id + direction
                + " LIMIT #{limit}";
    }

    // One more row than requested shows whether there is a next page.
    private static Parameters parameters(Conditions conditions, PageRequest request) {
        var parameters = conditions.parameters().and("limit", request.limit() + 1);
        var cursor = request.cursor();
        return cursor == null
                ? parameters
                : parameters.and("cursor_at", cursor.at()).and("cursor_id", cursor.id());
    }
}
