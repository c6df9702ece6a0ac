package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.Limits;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.parley.kernel.time.DayOrTime;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Creates a task that is linked to the conversation. */
public final class AddTask implements Tool {
    public static final String NAME = "add_task";

    record Arguments(
            String title,
            @Nullable String description,
            @Nullable Priority priority,
            @Nullable String dueDate) {}

    private final Bus bus;
    private final ToolDates dates;

    public AddTask(Bus bus, ToolDates dates) {
        this.bus = bus;
        this.dates = dates;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME, "Add a task to the user's task list. Returns the new task with its id.", """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["title"],
                  "properties": {
                    "title": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "What to do, in a few words."
                    },
                    "description": {
                      "type": "string", "maxLength": %d,
                      "description": "Details that do not fit in the title."
                    },
                    "priority": {
                      "type": "string", "enum": ["low", "medium", "high"],
                      "description": "Defaults to medium."
                    },
                    "due_date": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "When the task is due, %s."
                    }
                  }
                }
                """.formatted(
                                Limits.TITLE, Limits.DESCRIPTION, ToolDates.MAX_LENGTH, ToolDates.FORMS));
    }

    @Override
    public Scope scope() {
        return Scope.TASKS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        var due = dates.end("due_date", arguments.dueDate(), context.zone());
        var draft = new TaskDraft(
                context.conversationId(),
                arguments.title(),
                arguments.description(),
                null,
                arguments.priority(),
                due == null ? null : DayOrTime.at(due),
                null,
                context.encrypted());
        return bus.ask(Tasks.CREATE, new Tasks.Create(context.caller(), context.newId(), draft))
                .map(task -> ToolJson.text(TaskView.of(task, context.zone())));
    }
}
