package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.Limits;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
import io.parley.kernel.time.DayOrTime;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes the fields of a task. */
public final class UpdateTask implements Tool {
    public static final String NAME = "update_task";

    enum Field {
        DUE_DATE,
        DESCRIPTION
    }

    record Arguments(
            UUID id,
            @Nullable String title,
            @Nullable String description,
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable String dueDate,
            @Nullable List<Field> clear) {}

    private final Bus bus;
    private final ToolDates dates;

    public UpdateTask(Bus bus, ToolDates dates) {
        this.bus = bus;
        this.dates = dates;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Change one of the user's tasks. Fields that are left out or null stay as they are. Returns the updated task.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id"],
                  "properties": {
                    "id": {
                      "type": "string", "format": "uuid",
                      "description": "The id of the task, as list_tasks and add_task return it. Not its title or its number in a list."
                    },
                    "title": {"type": "string", "minLength": 1, "maxLength": %d, "description": "Replaces the title."},
                    "description": {
                      "type": "string", "maxLength": %d,
                      "description": "Replaces the whole description."
                    },
                    "status": {"type": "string", "enum": ["pending", "in_progress", "completed"], "description": "The new status."},
                    "priority": {"type": "string", "enum": ["low", "medium", "high"], "description": "The new priority."},
                    "due_date": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "When the task is due, %s."
                    },
                    "clear": {
                      "type": "array", "items": {"type": "string", "enum": ["due_date", "description"]},
                      "description": "Fields to remove from the task."
                    }
                  }
                }
                """.formatted(Limits.TITLE, Limits.DESCRIPTION, ToolDates.MAX_LENGTH, ToolDates.FORMS));
    }

    @Override
    public Scope scope() {
        return Scope.TASKS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        if (json.size() < 2) throw Problem.invalid("", "must contain at least one field besides the id");
        var arguments = JsonForm.bind(json, Arguments.class);
        var due = dates.end("due_date", arguments.dueDate(), context.zone());
        var patch = new TaskPatch(
                Patch.absent(),
                set(arguments.title()),
                patch(Field.DESCRIPTION, arguments.description(), arguments.clear()),
                set(arguments.status()),
                set(arguments.priority()),
                patch(Field.DUE_DATE, due, arguments.clear()).map(UpdateTask::at));
        return bus.ask(Tasks.UPDATE, new Tasks.Update(context.caller(), arguments.id(), Versions.ANY, patch))
                .map(task -> ToolJson.text(TaskView.of(task, context.zone())));
    }

    private static DayOrTime at(Instant time) {
        return DayOrTime.at(time);
    }

    private static <T> Patch<T> set(@Nullable T value) {
        return value == null ? Patch.absent() : Patch.to(value);
    }

    private static <T> Patch<T> patch(Field field, @Nullable T value, @Nullable List<Field> cleared) {
        boolean clears = cleared != null && cleared.contains(field);
        if (clears && value != null) throw Problem.invalid("/clear", "must not name a field that is set as well");
        return clears ? Patch.to(null) : set(value);
    }
}
