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
import io.parley.storage.keys.UserKeys;
import io.parley.storage.sorted.SortKey;
import io.parley.storage.sorted.SortKey.Kind;
import io.parley.storage.sorted.SortedRow;
import io.parley.storage.sorted.SortedRows;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of lists of tasks that are sorted by a field. */
final class SortedTasks {
    private static final String RANK = "(CASE priority WHEN 'low' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END)";

    private final UserKeys keys;
    private final SortedListing<Task> listing;
    private final TasksByDueDate byDueDate;

    SortedTasks(Database database) {
        this.keys = database.keys();
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
        if (query.sort() == Tasks.Sort.TITLE) return byTitle(query, days, key);
        var request = query.page();
        return listing.stretch(
                conditions(query, days), key, start(key, request.cursor()), request.order(), request.limit());
    }

    // Those that are encrypted follow: the database does not know their titles.
    private Future<SortedRows<Task>> byTitle(Tasks.ListSorted query, TaskDays days, SortKey key) {
        var request = query.page();
        var cursor = request.cursor();
        if (cursor != null && cursor.key() == null) return encrypted(query, days, cursor.id(), request.limit());
        var titled = conditions(query, days, "sealed IS NULL");
        return listing.stretch(titled, key, start(key, cursor), request.order(), request.limit())
                .compose(rows ->
                        rows.isComplete() ? followedByEncrypted(rows, query, days) : Future.succeededFuture(rows));
    }

    private Future<SortedRows<Task>> followedByEncrypted(
            SortedRows<Task> titled, Tasks.ListSorted query, TaskDays days) {
        // At least one, which shows whether there is a next page.
        int left = Math.max(1, query.page().limit() - titled.rows().size());
        return keys.find(query.caller().userId())
                .compose(key -> key.isPresent()
                        ? encrypted(query, days, null, left).map(titled::followedBy)
                        : Future.succeededFuture(titled));
    }

    private Future<SortedRows<Task>> encrypted(Tasks.ListSorted query, TaskDays days, @Nullable UUID after, int limit) {
        var start = after == null ? null : new Start(null, after);
        return listing.stretch(
                conditions(query, days, "sealed IS NOT NULL"),
                start,
                query.page().order(),
                limit);
    }

    // Without a value of it, the condition on the user is the one that is always there.
    private static Conditions conditions(Tasks.ListSorted query, TaskDays days, String condition) {
        return conditions(query, days)
                .in(
                        condition + " AND user_id = #{user_id}",
                        "user_id",
                        query.caller().userId());
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
