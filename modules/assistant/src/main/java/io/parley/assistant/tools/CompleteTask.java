package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;

/** Marks a task as completed. */
public final class CompleteTask implements Tool {
    public static final String NAME = "complete_task";

    private static final TaskPatch COMPLETED = new TaskPatch(
            Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(Status.COMPLETED), Patch.absent(), Patch.absent());

    private final Bus bus;

    public CompleteTask(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME, "Mark one of the user's tasks as completed. Returns the updated task.", TaskIdArgument.SCHEMA);
    }

    @Override
    public Scope scope() {
        return Scope.TASKS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var id = JsonForm.bind(json, TaskIdArgument.class).id();
        return bus.ask(Tasks.UPDATE, new Tasks.Update(context.caller(), id, Versions.ANY, COMPLETED))
                .map(completed -> ToolJson.text(TaskView.of(completed, context.zone())));
    }
}
