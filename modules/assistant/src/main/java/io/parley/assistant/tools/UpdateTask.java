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
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** Changes the fields of a task. */
final class UpdateTask implements Tool {
    public static final String NAME = "update_task";

    record Arguments(
            UUID id,
            Patch<String> title,
            Patch<String> description,
            Patch<Status> status,
            Patch<Priority> priority,
            Patch<Instant> dueDate) {}

    private final Bus bus;

    UpdateTask(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Change one of the user's tasks. Fields that are left out stay as they are. Returns the updated task.",
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
                    "title": {"type": "string", "minLength": 1, "maxLength": %d},
                    "description": {
                      "type": ["string", "null"], "maxLength": %d,
                      "description": "Replaces the whole description; null removes it."
                    },
                    "status": {"type": "string", "enum": ["pending", "in_progress", "completed"]},
                    "priority": {"type": "string", "enum": ["low", "medium", "high"]},
                    "due_date": {
                      "type": ["string", "null"], "format": "date-time",
                      "description": "In RFC 3339 with an offset, for example 2027-03-31T17:00:00Z; null removes it."
                    }
                  }
                }
                """.formatted(Limits.TITLE, Limits.DESCRIPTION));
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        if (json.size() < 2) throw Problem.invalid("", "must contain at least one field besides the id");
        var arguments = JsonForm.bind(json, Arguments.class);
        var patch = new TaskPatch(
                Patch.absent(),
                arguments.title(),
                arguments.description(),
                arguments.status(),
                arguments.priority(),
                arguments.dueDate());
        return bus.ask(Tasks.UPDATE, new Tasks.Update(context.caller(), arguments.id(), Versions.ANY, patch))
                .map(task -> JsonForm.write(TaskView.of(task)).toString());
    }
}
