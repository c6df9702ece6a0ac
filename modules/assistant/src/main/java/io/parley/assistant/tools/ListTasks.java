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

/** Lists tasks, page by page, the newest first. */
public final class ListTasks implements Tool {
    public static final String NAME = "list_tasks";
    private static final int MAX_LIMIT = 50;

    // So many always fit into a result, whatever they are made of.
    private static final int DEFAULT_LIMIT = 20;

    public record Arguments(
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

    public ListTasks(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "List the user's tasks, the newest first, all of them or those for which everything holds that is "
                        + "said. Long descriptions are cut and end in an ellipsis.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "status": {"type": "string", "enum": ["pending", "in_progress", "completed"]},
                    "priority": {"type": "string", "enum": ["low", "medium", "high"]},
                    "due_after": {
                      "type": "string", "format": "date-time",
                      "description": "Due then or later, in RFC 3339 with an offset, like 2027-03-31T17:00:00Z."
                    },
                    "due_before": {
                      "type": "string", "format": "date-time",
                      "description": "Due then or earlier, in the same form."
                    },
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "Part of the title or the description, in any case."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "At most so many tasks, %d unless said."
                    },
                    "cursor": {
                      "type": "string", "maxLength": 255,
                      "description": "The next_cursor of a list, for the tasks that follow; repeat all else as it was."
                    }
                  }
                }
                """.formatted(MAX_LIMIT, DEFAULT_LIMIT));
    }

    @Override
    public Future<String> run(ToolContext asker, JsonNode arguments) {
        var said = JsonForm.bind(arguments, Arguments.class);
        var filter =
                new Tasks.Filter(said.status(), said.priority(), null, said.dueBefore(), said.dueAfter(), said.q());
        return bus.ask(Tasks.LIST, new Tasks.ListMine(asker.caller(), filter, slice(said)))
                .map(page -> JsonForm.write(result(page)).toString());
    }

    private static PageRequest slice(Arguments said) {
        return new PageRequest(
                said.cursor() == null ? null : cursor(said.cursor()),
                said.limit() == null ? DEFAULT_LIMIT : said.limit(),
                Order.DESC);
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text).orElseThrow(() -> Problem.invalid("/cursor", "must be the next_cursor of a list"));
    }

    private static Result result(Page<Task> page) {
        var next = page.nextCursor();
        return new Result(page.items().stream().map(TaskView::of).toList(), next == null ? null : next.text());
    }
}
