package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.util.Objects;

/** Moves a task to the trash. */
public final class DeleteTask implements Tool {
    public static final String NAME = "delete_task";

    /** What was deleted is said by its title too, so that whoever reads it can tell a mistake. */
    public record Result(TaskView deleted) {
        public Result {
            Objects.requireNonNull(deleted);
        }
    }

    private final Bus bus;

    public DeleteTask(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Move a task of the user to the trash, from where only the user can restore it, for some weeks. "
                        + "Returns the task as it was.",
                TaskIdArgument.SCHEMA);
    }

    @Override
    public Future<String> run(ToolContext asker, JsonNode arguments) {
        var id = JsonForm.bind(arguments, TaskIdArgument.class).id();
        return bus.ask(Tasks.FIND, new Tasks.Find(asker.caller(), id)).compose(task -> delete(asker.caller(), task));
    }

    private Future<String> delete(Caller caller, Task task) {
        return bus.ask(Tasks.DELETE, new Tasks.Delete(caller, task.id(), Versions.ANY))
                .map(done -> JsonForm.write(new Result(TaskView.of(task))).toString());
    }
}
