package io.parley.gateway.routes;

import io.parley.contracts.Tags;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** Tasks. */
final class TaskRoutes {
    private final Bus bus;

    TaskRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "createTask",
                request -> bus.ask(
                        Tasks.CREATE,
                        new Tasks.Create(request.caller(), request.newId(), request.body(TaskDraft.class))));
        operations.on("listTasks", this::list);
        operations.on(
                "findTask", request -> bus.ask(Tasks.FIND, new Tasks.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "updateTask",
                request -> bus.ask(
                        Tasks.UPDATE,
                        new Tasks.Update(
                                request.caller(),
                                request.pathId("id"),
                                request.versions(),
                                request.body(TaskPatch.class))));
        operations.on(
                "deleteTask",
                request -> bus.ask(
                        Tasks.DELETE, new Tasks.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreTask",
                request -> bus.ask(Tasks.RESTORE, new Tasks.Restore(request.caller(), request.pathId("id"))));
    }

    private Future<? extends Record> list(Request request) {
        var query = request.query();
        boolean deleted = query.required("deleted", Boolean.class);
        var sort = query.choice("sort", Tasks.Sort.class);
        if (sort != null && deleted) throw Problem.invalid("sort", "must not be sent with deleted=true");
        return sort == null || sort == Tasks.Sort.CREATED_AT
                ? bus.ask(
                        Tasks.LIST, new Tasks.ListMine(request.caller(), filter(request), deleted, query.pageRequest()))
                : bus.ask(
                        Tasks.LIST_SORTED,
                        new Tasks.ListSorted(request.caller(), filter(request), sort, query.sortRequest()));
    }

    private static Tasks.Filter filter(Request request) {
        var conversation = request.query().text("conversation_id");
        boolean isWithout = "null".equals(conversation);
        return new Tasks.Filter(
                request.query().choices("status", Task.Status.class),
                request.query().choice("priority", Task.Priority.class),
                conversation == null || isWithout
                        ? null
                        : Ids.parse(conversation).orElseThrow(),
                request.query().time("due_before"),
                request.query().time("due_after"),
                request.query().text("q"),
                null,
                request.query().flag("overdue"),
                null,
                isWithout ? false : null,
                Tags.stored("tag", request.query().texts("tag")));
    }
}
