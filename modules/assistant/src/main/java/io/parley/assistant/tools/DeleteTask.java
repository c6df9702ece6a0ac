package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Moves a task to the trash. */
public final class DeleteTask implements Tool {
    public static final String NAME = "delete_task";

    /** The whole task and not only its id, so that the model or its user notices a mistake. */
    public record Result(TaskView deleted) {
        public Result {
            Objects.requireNonNull(deleted);
        }
    }

    /** For programs, which know the task that they have named. */
    private record Trashed(UUID id, boolean deleted) {}

    private final Bus bus;
    private final Function<TaskView, Record> result;

    DeleteTask(Bus bus) {
        this(bus, Result::new);
    }

    private DeleteTask(Bus bus, Function<TaskView, Record> result) {
        this.bus = bus;
        this.result = result;
    }

    /** The same tool with the result {@code {"id": …, "deleted": true}}. */
    public static DeleteTask answeringTheId(Bus bus) {
        return new DeleteTask(bus, task -> new Trashed(task.id(), true));
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Move one of the user's tasks to the trash. Only the user can restore it from there, for some weeks. "
                        + "Returns the deleted task.",
                TaskIdArgument.SCHEMA);
    }

    @Override
    public Scope scope() {
        return Scope.TASKS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var id = JsonForm.bind(json, TaskIdArgument.class).id();
        return bus.ask(Tasks.FIND, new Tasks.Find(context.caller(), id)).compose(task -> delete(context, task));
    }

    private Future<String> delete(ToolContext context, Task task) {
        return bus.ask(Tasks.DELETE, new Tasks.Delete(context.caller(), task.id(), Versions.ANY))
                .map(deleted -> ToolJson.text(result.apply(TaskView.of(task, context.zone()))));
    }
}
