package io.parley.assistant.tools;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps tasks in memory, and records the queries. */
public final class TasksFake {
    public final List<Record> received = new CopyOnWriteArrayList<>();
    // Their ids sort them by creation.
    private final ConcurrentNavigableMap<UUID, Task> tasks = new ConcurrentSkipListMap<>();

    public Future<?> answer(Bus bus) {
        return Future.all(
                bus.answer(Tasks.CREATE, this::create),
                bus.answer(Tasks.FIND, this::find),
                bus.answer(Tasks.LIST, this::list),
                bus.answer(Tasks.UPDATE, this::update),
                bus.answer(Tasks.DELETE, this::delete));
    }

    public void clear() {
        tasks.clear();
        received.clear();
    }

    public List<UUID> ids() {
        return List.copyOf(tasks.keySet());
    }

    private Future<Task> create(Tasks.Create command) {
        received.add(command);
        var draft = command.draft();
        return keep(new Task(
                command.id(),
                command.caller().userId(),
                null,
                draft.title(),
                draft.description(),
                Objects.requireNonNullElse(draft.status(), Status.PENDING),
                Objects.requireNonNullElse(draft.priority(), Priority.MEDIUM),
                draft.dueDate(),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null));
    }

    private Future<Task> find(Tasks.Find query) {
        received.add(query);
        return Future.succeededFuture(require(query.caller(), query.id()));
    }

    private Future<Page<Task>> list(Tasks.ListMine query) {
        received.add(query);
        var filter = query.filter();
        var q = filter.q();
        var cursor = query.page().cursor();
        var rest = cursor == null ? tasks : tasks.headMap(cursor.id());
        var mine = rest.descendingMap().values().stream()
                .filter(task -> task.userId().equals(query.caller().userId()))
                .filter(task ->
                        q == null || task.title().toLowerCase(Locale.ROOT).contains(q.toLowerCase(Locale.ROOT)))
                .filter(task -> filter.statuses().isEmpty() || filter.statuses().contains(task.status()))
                .filter(task -> filter.open() == null || filter.open() == (task.status() != Status.COMPLETED))
                .limit(query.page().limit() + 1L)
                .toList();
        return Future.succeededFuture(
                Page.of(mine, query.page().limit(), task -> new Cursor(task.createdAt(), task.id())));
    }

    private Future<Task> update(Tasks.Update command) {
        received.add(command);
        var old = require(command.caller(), command.id());
        var patch = command.patch();
        return keep(new Task(
                old.id(),
                old.userId(),
                null,
                patch.title().present() ? patch.title().value() : old.title(),
                patch.description().present() ? patch.description().value() : old.description(),
                patch.status().present() ? patch.status().value() : old.status(),
                patch.priority().present() ? patch.priority().value() : old.priority(),
                patch.dueDate().present() ? patch.dueDate().value() : old.dueDate(),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null));
    }

    private Future<None> delete(Tasks.Delete command) {
        received.add(command);
        tasks.remove(require(command.caller(), command.id()).id());
        return Future.succeededFuture(None.NONE);
    }

    private Future<Task> keep(Task task) {
        tasks.put(task.id(), task);
        return Future.succeededFuture(task);
    }

    private Task require(Caller caller, UUID id) {
        var task = tasks.get(id);
        if (task == null) throw Problem.notFound("task");
        if (!task.userId().equals(caller.userId())) throw Problem.forbidden("task");
        return task;
    }
}
