package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL of tasks on their way into the trash and out of it. */
final class TaskTrash {
    private final Query<None> delete;
    private final Query<Task> restore;
    private final Query<Task> find;
    private final Listing<Task> list;
    private final Ownership ownership;

    TaskTrash(Database database) {
        delete = database.statement("""
            UPDATE tasks
               SET deleted_at = now(), updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
               AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING id
            """, row -> None.NONE);
        restore = database.statement("""
            UPDATE tasks
               SET deleted_at = NULL, updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NOT NULL
            RETURNING""" + " " + TaskStore.COLUMNS, TaskStore::task);
        find = database.statement("SELECT " + TaskStore.COLUMNS + """
              FROM tasks
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
            """, TaskStore::task);
        list = new Listing<>(
                database,
                "SELECT " + TaskStore.COLUMNS + " FROM tasks WHERE deleted_at IS NOT NULL",
                "deleted_at",
                "id",
                TaskStore::task,
                task -> new Cursor(Objects.requireNonNull(task.deletedAt()), task.id()));
        ownership = new Ownership(
                database, "task", "SELECT user_id, deleted_at IS NULL AS live FROM tasks WHERE id = #{id}");
    }

    Future<None> delete(Tasks.Delete command) {
        return delete.one(own(command.caller(), command.id()).versions(command.versions()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Task> restore(Tasks.Restore command) {
        return restore.one(own(command.caller(), command.id()))
                .compose(restored ->
                        restored.isPresent() ? Future.succeededFuture(restored.get()) : alreadyAlive(command));
    }

    private Future<Task> alreadyAlive(Tasks.Restore command) {
        return find.one(own(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Page<Task>> list(Tasks.ListMine query) {
        return list.page(TaskFilter.of(query), query.page());
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
