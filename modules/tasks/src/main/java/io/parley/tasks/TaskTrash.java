package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.vertx.core.Future;
import java.util.Objects;

/** The SQL that moves tasks to the trash, restores them and lists the trash. */
final class TaskTrash {
    private final Database database;
    private final TaskStore tasks;
    private final Ownership ownership;

    TaskTrash(Database database, TaskStore tasks) {
        this.database = database;
        this.tasks = tasks;
        this.ownership = TaskRow.ownership(database);
    }

    Future<None> delete(Tasks.Delete command) {
        return ownership.change(
                command.versions(),
                () -> database.query("""
                    UPDATE tasks
                       SET deleted_at = now(), updated_at = next_version(updated_at, now())
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                       AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING id
                    """, row -> None.NONE)
                        .one(TaskRow.rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    /** Returns the task unchanged if it is not in the trash. */
    Future<Task> restore(Tasks.Restore command) {
        return database.query("""
                    UPDATE tasks
                       SET deleted_at = NULL, updated_at = next_version(updated_at, now())
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NOT NULL
                    RETURNING\s""" + TaskRow.COLUMNS, TaskRow::task)
                .one(TaskRow.rowOf(command.caller(), command.id()))
                .compose(restored -> restored.map(Future::succeededFuture)
                        .orElseGet(() -> tasks.find(new Tasks.Find(command.caller(), command.id()))));
    }

    Future<Page<Task>> list(Tasks.ListMine query, TaskDays days) {
        return new Listing<>(
                        database,
                        "SELECT " + TaskRow.COLUMNS + "FROM tasks WHERE deleted_at IS NOT NULL",
                        TaskRow.LARGE,
                        "deleted_at",
                        "id",
                        TaskRow::task,
                        task -> new Cursor(Objects.requireNonNull(task.deletedAt()), task.id()))
                .page(TaskFilter.of(query.caller(), query.filter(), days), query.page());
    }
}
