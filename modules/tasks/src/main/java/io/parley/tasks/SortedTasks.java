package io.parley.tasks;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.SortedListing;
import io.parley.storage.SortedListing.Start;
import io.parley.storage.sorted.SortKey;
import io.parley.storage.sorted.SortKey.Kind;
import io.parley.storage.sorted.SortedRow;
import io.parley.storage.sorted.SortedRows;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The SQL of lists of tasks that are sorted by a field. */
final class SortedTasks {
    private static final String RANK = "(CASE priority WHEN 'low' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END)";

    private final SortedListing<Task> listing;
    private final TasksByDueDate byDueDate;

    SortedTasks(Database database) {
        this.listing = new SortedListing<>(
                database, TaskRow.COLUMNS, "tasks WHERE deleted_at IS NULL", "id", TaskRow.LARGE, TaskRow::task);
        this.byDueDate = new TasksByDueDate(listing);
    }

    /** Fails invalid if the cursor is not one of a list that is sorted like this. */
    Future<SortedPage<Task>> list(Tasks.ListSorted query, TaskDays days) {
        var request = query.page();
        var cursor = request.cursor();
        if (cursor != null && !cursor.isOf(query.sort())) throw SortRequest.invalidCursor();
        return rows(query, days).map(rows -> listing.page(rows, request, row -> cursor(query.sort(), row)));
    }

    private Future<SortedRows<Task>> rows(Tasks.ListSorted query, TaskDays days) {
        if (query.sort() == Tasks.Sort.DUE_DATE) return byDueDate.rows(query, days);
        var key = key(query.sort());
        var request = query.page();
        return listing.stretch(
                conditions(query, days), key, start(key, request.cursor()), request.order(), request.limit());
    }

    private static SortKey key(Tasks.Sort sort) {
        return switch (sort) {
            case CREATED_AT, DUE_DATE -> new SortKey("created_at", Kind.TIME);
            case UPDATED_AT -> new SortKey("updated_at", Kind.TIME);
            case PRIORITY -> new SortKey(RANK, Kind.NUMBER);
            case TITLE -> new SortKey("lower(title)", Kind.TEXT);
        };
    }

    private static @Nullable Start start(SortKey key, @Nullable SortCursor cursor) {
        if (cursor == null) return null;
        if (cursor.key() == null) throw SortRequest.invalidCursor();
        return new Start(key.read(cursor.key()), cursor.id());
    }

    private static SortCursor cursor(Tasks.Sort sort, SortedRow<Task> row) {
        return SortCursor.of(sort, SortKey.written(row.key()), row.item().id());
    }

    static Conditions conditions(Tasks.ListSorted query, TaskDays days) {
        return TaskFilter.of(query.caller(), query.filter(), days);
    }

    static boolean isAscending(Tasks.ListSorted query) {
        return query.page().order() == Order.ASC;
    }
}
