package io.parley.config.system.openai;

import static io.parley.config.system.openai.Program.text;
import static io.parley.config.system.openai.Program.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A response whose program was killed while it was streamed. */
class ResponsesKillIT {
    private static final ModelHost host = new ModelHost();

    private static ParleyJar jar;
    private static Program program;
    private static String conversation;
    private static String response;
    private static List<JsonNode> eventsAfterwards;

    @BeforeAll
    static void killInTheMiddle() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings());
        program = Program.of(TestUser.registered(new ApiClient(jar.uri()), "ada"), Program.ALL);
        conversation = program.post("conversations", Json.object()).get("id").asText();
        host.model.plays(ModelScript.hangAfter(ModelEvents.text("Half "), ModelEvents.text("an ")));
        response = responseAfterItsText("an ");
        jar.kill();

        jar = ParleyJar.start(jar.data(), host.settings());
        program = new Program(program.api().at(jar.uri()));
        eventsAfterwards = program.events(ApiRequest.of("GET", "/v1/responses/" + response + "?stream=true"));
    }

    private static String responseAfterItsText(String delta) {
        var request = ApiRequest.of("POST", "/v1/responses")
                .json(asking("Tell me a story").put("stream", true).toString());
        var id = "";
        for (var lines = program.api().lines(request).iterator(); lines.hasNext(); ) {
            var line = lines.next();
            if (!line.startsWith("data: ")) continue;
            var event = Json.read(line.substring("data: ".length()));
            if (event.has("response")) id = event.at("/response/id").asText();
            if (event.path("delta").asText().equals(delta)) return id;
        }
        throw new AssertionError("The stream has ended.");
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    private static ObjectNode asking(String input) {
        return Json.object().put("model", ModelEvents.MODEL).put("input", input).put("conversation", conversation);
    }

    @Test
    void hasFailedAndKeepsItsText() {
        var failed = program.get("responses/" + response);

        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("server_error");
        assertThat(text(failed)).isEqualTo("Half an ");
    }

    @Test
    void endsItsStreamWithTheFailure() {
        assertThat(types(eventsAfterwards)).startsWith("response.created").endsWith("response.failed");
        assertThat(deltas()).isEqualTo("Half an ");
    }

    private static String deltas() {
        return eventsAfterwards.stream()
                .filter(event -> event.get("type").asText().equals("response.output_text.delta"))
                .map(event -> event.get("delta").asText())
                .reduce("", String::concat);
    }

    @Test
    void leavesItsConversationUsable() {
        host.model.plays(ModelScript.answer("Good morning."));

        var next = program.respond(asking("Are you there?"));

        assertThat(next.get("status").asText()).isEqualTo("completed");
        assertThat(text(next)).isEqualTo("Good morning.");
    }
}
