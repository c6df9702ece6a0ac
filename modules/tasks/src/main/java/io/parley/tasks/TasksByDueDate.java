package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.storage.SortedListing;
import io.parley.storage.SortedListing.Start;
import io.parley.storage.sorted.SortKey;
import io.parley.storage.sorted.SortKey.Kind;
import io.parley.storage.sorted.SortedRow;
import io.parley.storage.sorted.SortedRows;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sorts tasks by when they are due. Those that are due at a time and those that are due on a day have an index each: both are
 * read in order and merged here, so that the database need not know the time zone. Those without a due date follow.
 */
final class TasksByDueDate {
    private static final SortKey TIME = new SortKey("due_date", Kind.TIME);
    private static final SortKey DAY = new SortKey("due_day", Kind.DAY);

    private final SortedListing<Task> listing;

    TasksByDueDate(SortedListing<Task> listing) {
        this.listing = listing;
    }

    Future<SortedRows<Task>> rows(Tasks.ListSorted query, TaskDays days) {
        var cursor = query.page().cursor();
        if (cursor != null && cursor.key() == null)
            return undated(query, days, cursor.id(), query.page().limit());
        return dated(query, days).compose(dated -> {
            int left = query.page().limit() - dated.rows().size();
            // At least one, which shows whether there is a next page.
            return dated.isComplete() && left >= 0
                    ? undated(query, days, null, Math.max(1, left)).map(dated::followedBy)
                    : Future.succeededFuture(dated);
        });
    }

    private Future<SortedRows<Task>> dated(Tasks.ListSorted query, TaskDays days) {
        var cursor = query.page().cursor();
        var after = cursor == null || cursor.key() == null ? null : SortKey.time(cursor.key());
        var id = cursor == null ? null : cursor.id();
        var timed = stretch(query, days, TIME, after == null ? null : new Start(after, id));
        var wholeDays = stretch(query, days, DAY, after == null ? null : dayStart(query, days, after, id))
                .map(rows -> atTheirEnd(rows, days));
        return Future.all(timed, wholeDays).map(both -> timed.result().merged(wholeDays.result(), order(query)));
    }

    private Future<SortedRows<Task>> stretch(
            Tasks.ListSorted query, TaskDays days, SortKey key, @Nullable Start start) {
        // Without a value of it, the condition on the user is the one that is always there.
        var conditions = SortedTasks.conditions(query, days)
                .in(
                        key.sql() + " IS NOT NULL AND user_id = #{user_id}",
                        "user_id",
                        query.caller().userId());
        return listing.stretch(
                conditions, key, start, query.page().order(), query.page().limit());
    }

    private Future<SortedRows<Task>> undated(Tasks.ListSorted query, TaskDays days, @Nullable UUID after, int limit) {
        var conditions = SortedTasks.conditions(query, days)
                .in(
                        "due_date IS NULL AND due_day IS NULL AND user_id = #{user_id}",
                        "user_id",
                        query.caller().userId());
        var start = after == null ? null : new Start(null, after);
        return listing.stretch(conditions, start, query.page().order(), limit);
    }

    // Of a day that ends exactly then, the rows behind the id follow; else all rows of the next day.
    private static Start dayStart(Tasks.ListSorted query, TaskDays days, Instant after, @Nullable UUID id) {
        var day = SortedTasks.isAscending(query) ? days.lastUntil(after) : days.firstFrom(after);
        return new Start(day, days.end(day).equals(after) ? id : null);
    }

    private static SortedRows<Task> atTheirEnd(SortedRows<Task> rows, TaskDays days) {
        return new SortedRows<>(
                rows.rows().stream()
                        .map(row -> new SortedRow<>(row.item(), (Object) days.end((LocalDate) day(row)), row.bytes()))
                        .toList(),
                rows.isComplete());
    }

    private static Object day(SortedRow<Task> row) {
        if (row.key() == null) throw new IllegalStateException("a task without a day");
        return row.key();
    }

    private static Comparator<SortedRow<Task>> order(Tasks.ListSorted query) {
        Comparator<SortedRow<Task>> ascending = Comparator.<SortedRow<Task>, Instant>comparing(
                        row -> (Instant) day(row))
                .thenComparing(row -> row.item().id().toString());
        return SortedTasks.isAscending(query) ? ascending : ascending.reversed();
    }
}
