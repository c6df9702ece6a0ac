package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.util.Objects;

/** Moves a task to the trash. */
final class DeleteTask implements Tool {
    static final String NAME = "delete_task";

    /** What was deleted is said by its title too, so that whoever reads it can tell a mistake. */
    record Result(TaskView deleted) {
        Result {
            Objects.requireNonNull(deleted);
        }
    }

    private final Bus bus;

    DeleteTask(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Move a task of the user to the trash, from where only the user can restore it, for some weeks. "
                        + "Returns the task as it was.",
                TaskId.SCHEMA);
    }

    @Override
    public Future<String> run(Asker asker, JsonNode arguments) {
        var id = JsonForm.bind(arguments, TaskId.class).id();
        return bus.ask(Tasks.FIND, new Tasks.Find(asker.caller(), id)).compose(task -> delete(asker.caller(), task));
    }

    private Future<String> delete(Caller caller, Task task) {
        return bus.ask(Tasks.DELETE, new Tasks.Delete(caller, task.id(), Versions.ANY))
                .map(done -> JsonForm.write(new Result(TaskView.of(task))).toString());
    }
}
