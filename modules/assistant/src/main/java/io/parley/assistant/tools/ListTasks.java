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
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists tasks page by page, newest first. */
public final class ListTasks implements Tool {
    public static final String NAME = "list_tasks";
    static final int MAX_LIMIT = 50;
    private static final int DEFAULT_LIMIT = 20;

    /** A status, or each but completed. */
    enum Choice {
        OPEN(null),
        PENDING(Status.PENDING),
        IN_PROGRESS(Status.IN_PROGRESS),
        COMPLETED(Status.COMPLETED);

        private final @Nullable Status status;

        Choice(@Nullable Status status) {
            this.status = status;
        }
    }

    record Arguments(
            @Nullable Choice status,
            @Nullable Priority priority,
            @Nullable Boolean overdue,
            @Nullable String dueAfter,
            @Nullable String dueBefore,
            @Nullable String q,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    public record Result(List<TaskView> tasks, @Nullable String nextCursor) {
        public Result {
            tasks = List.copyOf(tasks);
        }
    }

    private final Bus bus;
    private final ToolDates dates;
    private final int maxCharacters;
    private final int maxLimit;

    /**
     * @param maxCharacters of a result, after which its page ends
     * @param maxLimit the largest number of tasks on a page
     */
    public ListTasks(Bus bus, ToolDates dates, int maxCharacters, int maxLimit) {
        this.bus = bus;
        this.dates = dates;
        this.maxCharacters = maxCharacters;
        this.maxLimit = maxLimit;
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
                    "status": {"type": "string", "enum": ["open", "pending", "in_progress", "completed"],
                      "description": "open is everything but completed."},
                    "priority": {"type": "string", "enum": ["low", "medium", "high"], "description": "Only this one."},
                    "overdue": {
                      "type": "boolean",
                      "description": "true lists what is not completed and was due before today."
                    },
                    "due_after": {
                      "type": "string", "minLength": 1, "maxLength": %1$d,
                      "description": "Due at this time or later, %2$s. A day means its beginning."
                    },
                    "due_before": {
                      "type": "string", "minLength": 1, "maxLength": %1$d,
                      "description": "Due at this time or earlier, in the same form. A day means its end."
                    },
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "Text that the title or the description contains, ignoring case."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %3$d,
                      "description": "Maximum number of tasks. Defaults to %4$d."
                    },
                    "cursor": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "The next_cursor of the previous page; repeat its other arguments."
                    }
                  }
                }
                """.formatted(ToolDates.MAX_LENGTH, ToolDates.FORMS, maxLimit, DEFAULT_LIMIT));
    }

    @Override
    public Scope scope() {
        return Scope.TASKS_READ;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        var filter = filter(arguments, context.zone());
        return bus.ask(Tasks.LIST, new Tasks.ListMine(context.caller(), filter, page(arguments)))
                .map(tasks ->
                        ToolJson.longest(tasks.items(), maxCharacters, items -> result(tasks, items, context.zone())));
    }

    private Tasks.Filter filter(Arguments arguments, ZoneId zone) {
        return new Tasks.Filter(
                arguments.status() == null ? null : arguments.status().status,
                arguments.priority(),
                null,
                dates.end("due_before", arguments.dueBefore(), zone),
                dates.start("due_after", arguments.dueAfter(), zone),
                arguments.q(),
                arguments.status() == Choice.OPEN ? true : null,
                arguments.overdue(),
                zone.getId());
    }

    private static PageRequest page(Arguments arguments) {
        return new PageRequest(
                ToolCursors.cursor(arguments.cursor()),
                arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit(),
                Order.DESC);
    }

    private static Result result(Page<Task> page, List<Task> items, ZoneId zone) {
        return new Result(
                items.stream().map(task -> TaskView.of(task, zone)).toList(),
                ToolCursors.next(page, items, ListTasks::position));
    }

    // Tasks are ordered by their creation.
    private static Cursor position(Task task) {
        return new Cursor(task.createdAt(), task.id());
    }
}
