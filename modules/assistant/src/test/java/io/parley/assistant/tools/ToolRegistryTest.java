package io.parley.assistant.tools;

import static io.parley.assistant.tools.ToolScene.BERLIN;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.access.Scope;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class ToolRegistryTest {
    private static final TasksFake tasks = new TasksFake();
    private static final SearchFake search = new SearchFake();

    private final ToolScene scene;

    ToolRegistryTest(Bus bus) {
        scene = new ToolScene(bus);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(tasks.answer(bus));
        Answers.of(search.answer(bus));
    }

    @BeforeEach
    void clear() {
        tasks.clear();
        search.queries.clear();
        search.found = query -> true;
    }

    @Test
    void runsEveryToolAsTheCaller() {
        var id = scene.add(grace, "Diary");
        scene.run(grace, "list_tasks", "{}");
        scene.run(grace, "update_task", id.replace("}", ", \"title\": \"Journal\"}"));
        scene.run(grace, "complete_task", id);
        scene.run(grace, "delete_task", id);
        scene.run(grace, "search_messages", "{\"q\": \"trip\"}");

        assertThat(tasks.received).hasSize(6).extracting("caller").containsOnly(grace);
        assertThat(search.queries).hasSize(1).extracting("caller").containsOnly(grace);
    }

    @Test
    void reportsAnUnknownTool() {
        assertThat(scene.error(ada, "format_disk", "{}")).isEqualTo("There is no such tool.");
    }

    @Test
    void acceptsEmptyArguments() {
        assertThat(scene.run(ada, "list_tasks", "").get("tasks")).isEmpty();
    }

    @Test
    void hidesInternalFailures() {
        var broken = new ToolRegistry(List.of(tool(() -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        })));

        assertThat(Answers.of(broken.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"An internal error occurred.\"}");
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        var largest = '"' + "x".repeat(ToolRegistry.MAX_RESULT_BYTES - 2) + '"';
        var fitting = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest))));
        var tooLarge = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest + ' '))));

        assertThat(Answers.of(fitting.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo(largest);
        assertThat(Answers.of(tooLarge.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"The result is too large. Use a smaller limit.\"}");
    }

    private interface Work {
        Future<String> run();
    }

    private static Tool tool(Work work) {
        return new Tool() {
            @Override
            public ToolDescription description() {
                return new ToolDescription("thing", "Does it.", Json.EMPTY_OBJECT);
            }

            @Override
            public Scope scope() {
                return Scope.TASKS_READ;
            }

            @Override
            public Future<String> run(ToolContext context, JsonNode json) {
                return work.run();
            }
        };
    }
}
