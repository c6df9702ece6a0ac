package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists tasks page by page, newest first. */
public final class ListTasks implements Tool {
    public static final String NAME = "list_tasks";
    private static final int MAX_LIMIT = 50;

    // This many tasks fit into ToolRegistry.MAX_RESULT_BYTES, whatever they contain.
    private static final int DEFAULT_LIMIT = 20;

    record Arguments(
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable Instant dueAfter,
            @Nullable Instant dueBefore,
            @Nullable String q,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    public record Result(List<TaskView> tasks, @Nullable String nextCursor) {
        public Result {
            tasks = List.copyOf(tasks);
        }
    }

    private final Bus bus;

    ListTasks(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "List the user's tasks, newest first. Filters are combined: a task must match all of them. "
                        + "Long descriptions are shortened and end in an ellipsis.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "status": {"type": "string", "enum": ["pending", "in_progress", "completed"]},
                    "priority": {"type": "string", "enum": ["low", "medium", "high"]},
                    "due_after": {
                      "type": "string", "format": "date-time",
                      "description": "Due at this time or later, in RFC 3339 with an offset, for example 2027-03-31T17:00:00Z."
                    },
                    "due_before": {
                      "type": "string", "format": "date-time",
                      "description": "Due at this time or earlier, in the same format."
                    },
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "Text that the title or the description contains, ignoring case."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of tasks. Defaults to %d."
                    },
                    "cursor": {
                      "type": "string", "maxLength": 255,
                      "description": "The next_cursor of the previous page; repeat its other arguments."
                    }
                  }
                }
                """.formatted(MAX_LIMIT, DEFAULT_LIMIT));
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        var filter = new Tasks.Filter(
                arguments.status(),
                arguments.priority(),
                null,
                arguments.dueBefore(),
                arguments.dueAfter(),
                arguments.q());
        return bus.ask(Tasks.LIST, new Tasks.ListMine(context.caller(), filter, page(arguments)))
                .map(tasks -> JsonForm.write(result(tasks)).toString());
    }

    private static PageRequest page(Arguments arguments) {
        return new PageRequest(
                arguments.cursor() == null ? null : cursor(arguments.cursor()),
                arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit(),
                Order.DESC);
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() -> Problem.invalid("/cursor", "must be the next_cursor of a previous page"));
    }

    private static Result result(Page<Task> page) {
        var next = page.nextCursor();
        return new Result(page.items().stream().map(TaskView::of).toList(), next == null ? null : next.text());
    }
}
