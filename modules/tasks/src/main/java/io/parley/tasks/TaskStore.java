package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.UUID;

/** The SQL of the table {@code tasks}, except for tasks in the trash. */
final class TaskStore {
    /** The columns that {@link #task} reads. */
    static final String COLUMNS = """
        id, user_id, conversation_id, title, description, status, priority, due_date, completed_at, created_at, updated_at,
        deleted_at
        """;

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_tasks_user", Problem.unauthenticated("The account no longer exists."),
            "fk_tasks_conversation", Problem.invalid("/conversation_id", "does not name one of your conversations"));

    private final Database database;
    private final Ownership ownership;

    TaskStore(Database database) {
        this.database = database;
        this.ownership = ownership(database);
    }

    static Ownership ownership(Database database) {
        return new Ownership(
                database, "task", "SELECT user_id, deleted_at IS NULL AS live FROM tasks WHERE id = #{id}");
    }

    /** If the user has a task with this id already, it is the one of an earlier attempt whose answer got lost. */
    Future<Task> insert(Tasks.Create command) {
        var draft = command.draft();
        return database.query("""
                    INSERT INTO tasks (id, user_id, conversation_id, title, description, status, priority, due_date,
                                       completed_at)
                    VALUES (#{id}, #{user_id}, #{conversation_id}, #{title}, #{description}, #{status}, #{priority},
                            #{due_date}, CASE WHEN #{status} = 'completed' THEN now() END)
                    ON CONFLICT DO NOTHING
                    RETURNING\s""" + COLUMNS, TaskStore::task)
                .translating(CONSTRAINTS)
                .one(own(command.caller(), command.id())
                        .and("conversation_id", draft.conversationId())
                        .and("title", draft.title())
                        .and("description", draft.description())
                        .and("status", draft.status() == null ? Status.PENDING : draft.status())
                        .and("priority", draft.priority() == null ? Priority.MEDIUM : draft.priority())
                        .and("due_date", draft.dueDate()))
                .compose(inserted -> inserted.map(Future::succeededFuture).orElseGet(() -> findInserted(command)));
    }

    private Future<Task> findInserted(Tasks.Create command) {
        return database.query(
                        "SELECT " + COLUMNS + "FROM tasks WHERE id = #{id} AND user_id = #{user_id}", TaskStore::task)
                .only(own(command.caller(), command.id()));
    }

    Future<Task> find(Tasks.Find query) {
        return database.query("SELECT " + COLUMNS + """
                      FROM tasks
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                    """, TaskStore::task)
                .batched()
                .one(own(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<Task>> list(Tasks.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + COLUMNS + "FROM tasks WHERE deleted_at IS NULL",
                        "created_at",
                        "id",
                        TaskStore::task,
                        task -> new Cursor(task.createdAt(), task.id()))
                .page(TaskFilter.of(query), query.page());
    }

    Future<Task> update(Tasks.Update command) {
        var patch = command.patch();
        return database.query("""
                    UPDATE tasks
                       SET conversation_id = CASE WHEN #{sets_conversation_id} THEN #{conversation_id}
                                                  ELSE conversation_id END,
                           title = CASE WHEN #{sets_title} THEN #{title} ELSE title END,
                           description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
                           status = CASE WHEN #{sets_status} THEN #{status} ELSE status END,
                           priority = CASE WHEN #{sets_priority} THEN #{priority} ELSE priority END,
                           due_date = CASE WHEN #{sets_due_date} THEN #{due_date} ELSE due_date END,
                           completed_at = CASE WHEN CASE WHEN #{sets_status} THEN #{status} ELSE status END = 'completed'
                                               THEN coalesce(completed_at, now()) END,
                           updated_at = greatest(now(), updated_at + interval '1 microsecond')
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                       AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING\s""" + COLUMNS, TaskStore::task)
                .translating(CONSTRAINTS)
                .one(own(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("conversation_id", patch.conversationId())
                        .patch("title", patch.title())
                        .patch("description", patch.description())
                        .patch("status", patch.status())
                        .patch("priority", patch.priority())
                        .patch("due_date", patch.dueDate()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    static Task task(Row row) {
        return new Task(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("conversation_id"),
                row.getString("title"),
                row.getString("description"),
                Rows.choice(row, "status", Status.class),
                Rows.choice(row, "priority", Priority.class),
                Rows.nullableInstant(row, "due_date"),
                Rows.nullableInstant(row, "completed_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }
}
