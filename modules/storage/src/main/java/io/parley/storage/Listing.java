package io.parley.storage;

import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.function.Function;

/**
 * A list in pages, ordered by a time and within it by id (keyset paging: a page costs the same wherever it lies, and
 * rows that are added meanwhile shift nothing).
 *
 * @param select what is read and what always holds, up to and including the first part of its {@code WHERE}
 * @param time the column that the list is ordered by
 * @param id the column that tells rows of the same time apart
 * @param place where a row lies in that order
 */
public record Listing<T extends Record>(
        Database database, String select, String time, String id, Function<Row, T> row, Function<T, Cursor> place) {

    public Future<Page<T>> page(Conditions conditions, PageRequest slice) {
        return statement(conditions, slice)
                .list(parameters(conditions, slice))
                .map(rows -> Page.of(rows, slice.limit(), place));
    }

    private Query<T> statement(Conditions conditions, PageRequest slice) {
        var statement = database.statement(sql(conditions, slice), row);
        return conditions.isNarrowed() ? statement : statement.batched();
    }

    private String sql(Conditions conditions, PageRequest slice) {
        boolean up = slice.order() == PageRequest.Order.ASC;
        var direction = up ? " ASC" : " DESC";
        var behind = slice.cursor() == null
                ? ""
                : " AND (" + time + ", " + id + ") " + (up ? ">" : "<") + " (#{cursor_at}, #{cursor_id})";
        return select + " AND " + conditions.sql() + behind + " ORDER BY " + time + direction + ", " + id + direction
                + " LIMIT #{limit}";
    }

    // One row more than is asked for tells whether there is a next page.
    private static Parameters parameters(Conditions conditions, PageRequest slice) {
        var parameters = conditions.parameters().and("limit", slice.limit() + 1);
        var cursor = slice.cursor();
        return cursor == null
                ? parameters
                : parameters.and("cursor_at", cursor.at()).and("cursor_id", cursor.id());
    }
}
