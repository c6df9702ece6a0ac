package io.parley.assistant.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.Recordings;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real conversations, replayed message by message: at each of the model's turns it says the same. */
@ExtendWith(BusExtension.class)
class OpenAiModelRecordingsTest {
    private static final Recordings RECORDINGS = Recordings.airline(10);

    private final Vertx vertx;

    OpenAiModelRecordingsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void replaysTenRecordedConversations() {
        try (var server = ScriptedModel.start(vertx).always(RECORDINGS)) {
            var model = Models.model(vertx, server, Models.PATIENT);
            int calls = 0;
            for (var conversation : RECORDINGS.conversations())
                calls += saidAgain(model, conversation.getJsonArray("messages"));
            assertThat(calls).isEqualTo(58);
        }
    }

    private static int saidAgain(LanguageModel model, JsonArray messages) {
        List<Prompt.Line> history = new ArrayList<>();
        int calls = 0;
        for (int at = 0; at < messages.size(); at++) {
            var recorded = messages.getJsonObject(at);
            if (recorded.getString("role").equals("assistant")) calls += saidAgain(model, history, recorded);
            history.add(line(recorded));
        }
        return calls;
    }

    private static int saidAgain(LanguageModel model, List<Prompt.Line> history, JsonObject recorded) {
        var heard = new HeardText();
        var reply = Answers.of(model.generate(new Prompt("gpt-ada", history, List.of(), ZoneOffset.UTC), heard)
                .reply());
        assertThat(reply.text()).isEqualTo(heard.text()).isEqualTo(content(recorded));
        assertThat(reply.toolCalls()).isEqualTo(calls(recorded));
        return reply.toolCalls().size();
    }

    private static String content(JsonObject recorded) {
        var content = recorded.getString("content");
        return content == null ? "" : content;
    }

    private static List<ToolCall> calls(JsonObject recorded) {
        return recorded.getJsonArray("tool_calls", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(call -> new ToolCall(
                        call.getString("id"),
                        call.getJsonObject("function").getString("name"),
                        call.getJsonObject("function").getString("arguments")))
                .toList();
    }

    private static Prompt.Line line(JsonObject message) {
        var calls = message.getJsonArray("tool_calls");
        return new Prompt.Line(
                Role.valueOf(message.getString("role").toUpperCase(Locale.ROOT)),
                message.getString("content"),
                calls == null ? null : new Json(calls.encode()),
                message.getString("tool_call_id"));
    }
}
