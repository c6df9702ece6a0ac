package io.parley.gateway.routes;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;

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
        operations.on(
                "listTasks",
                request -> bus.ask(
                        Tasks.LIST,
                        new Tasks.ListMine(
                                request.caller(),
                                filter(request),
                                request.query().required("deleted", Boolean.class),
                                request.query().pageRequest())));
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

    private static Tasks.Filter filter(Request request) {
        return new Tasks.Filter(
                request.query().choice("status", Task.Status.class),
                request.query().choice("priority", Task.Priority.class),
                request.query().uuid("conversation_id"),
                request.query().time("due_before"),
                request.query().time("due_after"),
                request.query().text("q"),
                null,
                request.query().flag("overdue"),
                null);
    }
}
