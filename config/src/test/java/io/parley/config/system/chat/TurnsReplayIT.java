package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.models.Recordings;
import io.parley.testing.models.StrictModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten recorded conversations of an airline's support, replayed turn by turn with a model that refuses what strict providers do. */
class TurnsReplayIT {
    private static final Recordings RECORDINGS = Recordings.airline(10);

    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    @BeforeAll
    static void start() {
        host.model.always(new StrictModel(RECORDINGS));
        jar = ParleyJar.start(
                ParleyJar.freshData(), host.settings(Map.of("PARLEY_ASSISTANT_HISTORY_TOKENS", "1000000")));
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @Test
    void goesAsTheRecordingsDid() {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        int calls = 0;

        for (var recording : RECORDINGS.conversations()) {
            var recorded = answered(Json.read(recording.encode()).get("messages"));
            var chat = ChatConversation.start(ada);
            for (int at = 0; at < recorded.size(); at++) play(chat, recorded, at);

            var stored = chat.messages();
            assertThat(stored.stream().map(OpenAiMessages::recorded).map(TurnsReplayIT::said))
                    .containsExactlyElementsOf(
                            recorded.stream().map(TurnsReplayIT::said).toList());
            calls += assertEveryCallHasItsResult(stored);
        }

        assertThat(calls).isEqualTo(58);
    }

    // A recording may end with unanswered user messages.
    private static List<JsonNode> answered(JsonNode messages) {
        var all = new ArrayList<JsonNode>();
        messages.forEach(all::add);
        while (isOf(all.get(all.size() - 1), "user")) all.remove(all.size() - 1);
        return all;
    }

    private static void play(ChatConversation chat, List<JsonNode> recorded, int at) {
        var message = recorded.get(at);
        if (isOf(message, "system")) chat.post(OpenAiMessages.draft(message));
        if (isOf(message, "user"))
            assertThat(chat.send(message.get("content").asText())
                            .expect(200)
                            .json()
                            .at("/turn/status")
                            .asText())
                    .isEqualTo(isAnswered(recorded, at) ? "completed" : "failed");
    }

    // One recording ends with a tool result, after which the scripted model refuses to continue.
    private static boolean isAnswered(List<JsonNode> recorded, int at) {
        return recorded.stream()
                .skip(at)
                .dropWhile(message -> isOf(message, "user"))
                .takeWhile(message -> !isOf(message, "user"))
                .reduce((before, last) -> last)
                .filter(last -> isOf(last, "assistant"))
                .isPresent();
    }

    // Tool results differ from the recording, because its tools do not exist here.
    private static JsonNode said(JsonNode message) {
        ObjectNode said = message.deepCopy();
        return isOf(message, "tool") ? said.without("content") : said;
    }

    private static int assertEveryCallHasItsResult(List<JsonNode> stored) {
        var calls = stored.stream()
                .flatMap(message -> message.get("tool_calls").findValuesAsText("id").stream())
                .toList();
        var results = stored.stream()
                .filter(message -> isOf(message, "tool"))
                .peek(message -> assertThat(message.get("content").asText()).contains("no such tool"))
                .map(message -> message.at("/tool_results/0/tool_call_id").asText())
                .toList();
        assertThat(results).isEqualTo(calls);
        return calls.size();
    }

    private static boolean isOf(JsonNode message, String role) {
        return message.get("role").asText().equals(role);
    }
}
