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
import io.vertx.core.Future;

/** Marks a task as done. */
public final class CompleteTask implements Tool {
    public static final String NAME = "complete_task";

    private static final TaskPatch COMPLETED = new TaskPatch(
            Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(Status.COMPLETED), Patch.absent(), Patch.absent());

    private final Bus bus;

    CompleteTask(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME, "Mark a task of the user as completed. Returns the task as it is now.", TaskIdArgument.SCHEMA);
    }

    @Override
    public Future<String> run(ToolContext asker, JsonNode arguments) {
        var task = JsonForm.bind(arguments, TaskIdArgument.class);
        return bus.ask(Tasks.UPDATE, new Tasks.Update(asker.caller(), task.id(), Versions.ANY, COMPLETED))
                .map(completed -> JsonForm.write(TaskView.of(completed)).toString());
    }
}
