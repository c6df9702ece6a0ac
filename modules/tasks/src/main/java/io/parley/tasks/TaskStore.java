package io.parley.tasks;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.TextChanges;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** The SQL of the table {@code tasks}, except for tasks in the trash. */
final class TaskStore {
    private final Database database;
    private final SealedTexts texts;
    private final Ownership ownership;

    TaskStore(Database database) {
        this.database = database;
        this.texts = new SealedTexts(database);
        this.ownership = TaskRow.ownership(database);
    }

    /** If the user has a task with this id already, it is the one of an earlier attempt whose answer got lost. */
    Future<Task> insert(Tasks.Create command, boolean encrypted) {
        var draft = command.draft();
        var row = TaskRow.withTags(TaskRow.rowOf(command.caller(), command.id()), draft.tags())
                .and("conversation_id", draft.conversationId())
                .and("status", draft.status() == null ? Status.PENDING : draft.status())
                .and("priority", draft.priority() == null ? Priority.MEDIUM : draft.priority())
                .and("due_date", TaskRow.time(draft.dueDate()))
                .and("due_day", TaskRow.day(draft.dueDate()));
        return texts.add(TaskRow.texts(draft), row, command.caller().userId(), command.id(), encrypted)
                .compose(values -> database.query("""
                    INSERT INTO tasks (id, user_id, conversation_id, title, description, sealed, status, priority, due_date,
                                       due_day, tags, tag_keys, completed_at)
                    VALUES (#{id}, #{user_id}, #{conversation_id}, #{title}, #{description}, #{sealed}::bytea, #{status},
                            #{priority}, #{due_date}, #{due_day}, #{tags}, #{tag_keys},
                            completion_time(#{status}, NULL, now()))
                    ON CONFLICT DO NOTHING
                    RETURNING\s""" + TaskRow.COLUMNS, TaskRow::task)
                        .translating(TaskRow.CONSTRAINTS)
                        .one(values))
                .compose(inserted -> inserted.map(Future::succeededFuture).orElseGet(() -> findInserted(command)));
    }

    private Future<Task> findInserted(Tasks.Create command) {
        return database.query(
                        "SELECT " + TaskRow.COLUMNS + "FROM tasks WHERE id = #{id} AND user_id = #{user_id}",
                        TaskRow::task)
                .only(TaskRow.rowOf(command.caller(), command.id()));
    }

    Future<Task> find(Tasks.Find query) {
        var row =
                database.query("SELECT " + TaskRow.COLUMNS + """
                      FROM tasks
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                    """, TaskRow::task).batched();
        return ownership.read(() -> row.one(TaskRow.rowOf(query.caller(), query.id())), query.caller(), query.id());
    }

    Future<Page<Task>> list(Tasks.ListMine query, TaskDays days) {
        return new Listing<>(
                        database,
                        "SELECT " + TaskRow.COLUMNS + "FROM tasks WHERE deleted_at IS NULL",
                        TaskRow.LARGE,
                        "created_at",
                        "id",
                        TaskRow::task,
                        task -> new Cursor(task.createdAt(), task.id()))
                .page(TaskFilter.of(query.caller(), query.filter(), days), query.page());
    }

    Future<Task> update(Tasks.Update command) {
        var patch = command.patch();
        return ownership.change(
                command.versions(),
                () -> texts.update(
                        command.caller().userId(),
                        command.id(),
                        Map.of("title", patch.title(), "description", patch.description()),
                        !command.versions().any(),
                        changes -> update(command, changes)),
                command.caller(),
                command.id());
    }

    private Future<Optional<Task>> update(Tasks.Update command, TextChanges changes) {
        var patch = command.patch();
        return database.query(
                        """
                    UPDATE tasks
                       SET conversation_id = CASE WHEN #{sets_conversation_id} THEN #{conversation_id}
                                                  ELSE conversation_id END,
                           title = CASE WHEN #{sets_title} THEN #{title} ELSE title END,
                           description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
                           status = CASE WHEN #{sets_status} THEN #{status} ELSE status END,
                           priority = CASE WHEN #{sets_priority} THEN #{priority} ELSE priority END,
                           due_date = CASE WHEN #{sets_due_date} THEN #{due_date} ELSE due_date END,
                           due_day = CASE WHEN #{sets_due_date} THEN #{due_day} ELSE due_day END,
                           tags = CASE WHEN #{sets_tags} THEN #{tags} ELSE tags END,
                           tag_keys = CASE WHEN #{sets_tags} THEN #{tag_keys} ELSE tag_keys END,
                           completed_at = completion_time(CASE WHEN #{sets_status} THEN #{status} ELSE status END,
                                                          completed_at, now()),
                           updated_at = next_version(updated_at, now()),\s""" + TextChanges.SET_SEALED + " " + """
                     WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                       AND (#{any_version} OR updated_at = ANY(#{versions})) AND\s""" + TextChanges.IS_UNCHANGED
                                + " RETURNING " + TaskRow.COLUMNS,
                        TaskRow::task)
                .translating(TaskRow.CONSTRAINTS)
                .one(changes.addTo(TaskRow.withTags(
                                TaskRow.rowOf(command.caller(), command.id()),
                                patch.tags().value())
                        .and("sets_tags", patch.tags().present())
                        .versions(command.versions())
                        .patch("conversation_id", patch.conversationId())
                        .patch("status", patch.status())
                        .patch("priority", patch.priority())
                        .and("sets_due_date", patch.dueDate().present())
                        .and("due_date", TaskRow.time(patch.dueDate().value()))
                        .and("due_day", TaskRow.day(patch.dueDate().value()))));
    }
}
