package io.parley.assistant.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.json.JsonSchema;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.testing.BusExtension;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(BusExtension.class)
class ToolDescriptionsTest {
    private static final JsonSchema META_SCHEMA =
            JsonSchema.of("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");

    private static final Map<String, Class<? extends Record>> ARGUMENTS = Map.of(
            "add_task", AddTask.Arguments.class,
            "list_tasks", ListTasks.Arguments.class,
            "update_task", UpdateTask.Arguments.class,
            "complete_task", TaskIdArgument.class,
            "delete_task", TaskIdArgument.class,
            "search_messages", SearchMessages.Arguments.class,
            "list_conversations", ListConversations.Arguments.class,
            "read_conversation", ReadConversation.Arguments.class);

    private final ToolRegistry tools;

    ToolDescriptionsTest(Bus bus) {
        tools = new ToolRegistry(bus, Clock.systemUTC(), 6000);
    }

    @Test
    void listsEachToolOnce() {
        assertThat(tools.descriptions())
                .extracting(ToolDescription::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(ARGUMENTS.keySet())
                // OpenAI's rule for the names of functions.
                .allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
    }

    @Test
    void describesEachToolInOneLine() {
        assertThat(tools.descriptions()).allSatisfy(tool -> {
            assertThat(tool.description()).isNotBlank().doesNotContain("\n").hasSizeLessThan(400);
            assertThat(tool.parameters().text()).doesNotContain("\n");
        });
    }

    @Test
    void describesArgumentsInJsonSchema() {
        assertThat(tools.descriptions()).allSatisfy(tool -> META_SCHEMA.check(parameters(tool)));
    }

    @Test
    void acceptsOnlyObjectsWithKnownFields() {
        assertThat(tools.descriptions()).allSatisfy(tool -> {
            assertThat(parameters(tool).get("type").textValue()).isEqualTo("object");
            assertThat(parameters(tool).get("additionalProperties").booleanValue())
                    .isFalse();
        });
    }

    @Test
    void describesExactlyTheFieldsOfTheArgumentRecords() {
        assertThat(tools.descriptions())
                .allSatisfy(tool -> assertThat(names(parameters(tool)))
                        .containsExactlyInAnyOrderElementsOf(components(ARGUMENTS.get(tool.name()))));
    }

    static Stream<String> broken() {
        return Stream.of("{\"type\": \"sting\"}", "{\"required\": \"title\"}", "{\"properties\": {\"a\": 1}}");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void wouldRefuseABrokenSchema(String schema) {
        assertThat(catchThrowable(() -> META_SCHEMA.check(StrictJson.parse(Buffer.buffer(schema)))))
                .isNotNull();
    }

    private static JsonNode parameters(ToolDescription tool) {
        return StrictJson.parse(Buffer.buffer(tool.parameters().text()));
    }

    private static List<String> names(JsonNode parameters) {
        return parameters.get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> components(Class<? extends Record> arguments) {
        return Arrays.stream(arguments.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
    }
}
