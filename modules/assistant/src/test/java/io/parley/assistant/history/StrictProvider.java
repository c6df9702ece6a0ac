package io.parley.assistant.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.Prompt.Line;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses what the chat templates of Gemma, Qwen and Mistral, Anthropic's API or OpenAI's refuse: a system message elsewhere
 * than at the beginning, roles that do not take turns, a call without its result right behind it or the other way round, ids
 * that are not unique or longer than 40 characters, arguments that are no JSON object, and empty messages.
 */
final class StrictProvider {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private Role expected = Role.USER;

    static void accepts(List<Line> lines) {
        var provider = new StrictProvider();
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            assertThat(line.content() != null || line.toolCalls() != null)
                    .as("line %d has something in it", at)
                    .isTrue();
            if (line.role() == Role.SYSTEM)
                assertThat(at).as("a system message").isZero();
            else provider.accept(line);
        }
        assertThat(provider.open).as("calls without a result").isEmpty();
    }

    private void accept(Line line) {
        if (line.role() == Role.TOOL) {
            assertThat(open.remove(line.toolCallId()))
                    .as("a result of an open call")
                    .isTrue();
            if (open.isEmpty()) expected = Role.ASSISTANT;
            return;
        }
        assertThat(open).as("calls without a result").isEmpty();
        assertThat(line.role()).isEqualTo(expected);
        expected = line.role() == Role.USER ? Role.ASSISTANT : Role.USER;
        if (line.toolCalls() != null)
            for (var call : StrictJson.parse(Buffer.buffer(line.toolCalls().text()))) accept(call);
    }

    private void accept(JsonNode call) {
        var id = call.path("id").asText();
        assertThat(id).hasSizeBetween(1, 40);
        assertThat(ids.add(id)).as("a new id").isTrue();
        open.add(id);
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(call.at("/function/name").asText()).isNotEmpty();
        assertThat(StrictJson.parse(Buffer.buffer(call.at("/function/arguments").asText()))
                        .isObject())
                .isTrue();
    }
}
