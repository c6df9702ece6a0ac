package io.parley.tasks;

import io.parley.contracts.Tags;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.time.DayOrTime;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.Texts;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns and constraints of a task, and how a row becomes a {@link Task}. */
final class TaskRow {
    static final String COLUMNS = """
        id, user_id, conversation_id, title, description, sealed, status, priority, due_date, due_day, tags,
        completed_at, created_at, updated_at, deleted_at
        """;

    /** The columns that are texts of any size; a title has at most 255 characters. */
    static final List<String> LARGE = List.of("description", "sealed");

    static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_tasks_user", Problem.unauthenticated("The account no longer exists."),
            "fk_tasks_conversation", Problem.invalid("/conversation_id", "does not name one of your conversations"));

    static Task task(Row row) {
        return new Task(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("conversation_id"),
                row.getString("title"),
                row.getString("description"),
                Rows.choice(row, "status", Status.class),
                Rows.choice(row, "priority", Priority.class),
                due(row),
                row.getBuffer("sealed") != null,
                List.of(row.getArrayOfStrings("tags")),
                Rows.nullableInstant(row, "completed_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    static Texts texts(Tasks.TaskDraft draft) {
        return Texts.of("title", draft.title()).and("description", draft.description());
    }

    private static @Nullable DayOrTime due(Row row) {
        var day = row.getLocalDate("due_day");
        var time = Rows.nullableInstant(row, "due_date");
        return day == null && time == null ? null : new DayOrTime(day, time);
    }

    static @Nullable Instant time(@Nullable DayOrTime due) {
        return due == null ? null : due.time();
    }

    static @Nullable LocalDate day(@Nullable DayOrTime due) {
        return due == null ? null : due.day();
    }

    /** The parameters {@code tags} and {@code tag_keys}. */
    static Parameters withTags(Parameters parameters, @Nullable List<String> tags) {
        var stored = tags == null ? List.<String>of() : tags;
        return parameters
                .and("tags", stored.toArray(String[]::new))
                .and("tag_keys", Tags.keys(stored).toArray(String[]::new));
    }

    /**
     * Finds out why a statement matched no row: not found, another user's, or changed. The query of this lookup does not filter
     * by user.
     */
    static Ownership ownership(Database database) {
        return new Ownership(
                database, "task", "SELECT user_id, deleted_at IS NULL AS live FROM tasks WHERE id = #{id}");
    }

    /** The parameters of the row {@code #{id}} if it is the caller's. */
    static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    private TaskRow() {}
}
