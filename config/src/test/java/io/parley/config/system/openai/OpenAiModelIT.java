package io.parley.config.system.openai;

import static io.parley.config.system.openai.Program.text;
import static io.parley.config.system.openai.Program.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs whose model is a provider's. */
class OpenAiModelIT {
    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    private Program program;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings());
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void register() {
        program = Program.of(TestUser.registered(new ApiClient(jar.uri()), "ada"), Program.ALL);
    }

    private static ModelExchange next() {
        return Answers.of(host.model.next());
    }

    private static ObjectNode asking(String input) {
        return Json.object().put("model", ModelEvents.MODEL).put("input", input);
    }

    private static ObjectNode withFunction(ObjectNode body) {
        return body.set(
                "tools",
                Json.read("[{\"type\":\"function\",\"name\":\"look\",\"description\":\"Looks.\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"string\"}}},\"strict\":true}]"));
    }

    @Test
    void passesTheSettingsOnAndNoToolsOfItsOwn() {
        host.model.plays(ModelScript.answer("Hello there."));
        var body = asking("Hi")
                .put("instructions", "Be brief.")
                .put("temperature", 0.5)
                .put("max_output_tokens", 40)
                .put("user", "u1");
        body.putObject("reasoning").put("effort", "low");
        body.putObject("text").putObject("format").put("type", "json_object");
        var answer = program.respond(body);

        assertThat(text(answer)).isEqualTo("Hello there.");
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(7);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(10);
        assertThat(answer.get("temperature").asDouble()).isEqualTo(0.5);
        var sent = next().body();
        assertThat(sent.getDouble("temperature")).isEqualTo(0.5);
        assertThat(sent.getInteger("max_tokens")).isEqualTo(40);
        assertThat(sent.getString("reasoning_effort")).isEqualTo("low");
        assertThat(sent.getJsonObject("response_format").getString("type")).isEqualTo("json_object");
        assertThat(sent.containsKey("tools")).isFalse();
        assertThat(sent.getJsonArray("messages").getJsonObject(0).getString("content"))
                .isEqualTo("Be brief.");
    }

    @Test
    void leavesTheProgramsFunctionsToTheProgram() {
        host.model.plays(ModelScript.stream(
                ModelEvents.role(),
                ModelEvents.call(0, "call_1", "look", "{\"at\":\"sky\"}"),
                ModelEvents.call(1, "call_2", "look", "{\"at\":\"sea\"}"),
                ModelEvents.finish("tool_calls"),
                ModelEvents.DONE));
        var events = program.stream(withFunction(asking("What do you see?")));
        var called = events.get(events.size() - 1).get("response");
        assertThat(called.get("status").asText()).isEqualTo("completed");
        assertThat(called.get("output").findValuesAsText("type")).containsExactly("function_call", "function_call");
        assertThat(types(events))
                .contains("response.function_call_arguments.delta", "response.function_call_arguments.done");
        next();

        host.model.plays(ModelScript.answer("Blue."));
        var results = withFunction(asking(""))
                .put("previous_response_id", called.get("id").asText());
        var input = results.putArray("input");
        input.addObject()
                .put("type", "function_call_output")
                .put("call_id", "call_1")
                .put("output", "blue");
        input.addObject()
                .put("type", "function_call_output")
                .put("call_id", "call_2")
                .put("output", "");
        assertThat(text(program.respond(results))).isEqualTo("Blue.");
        var told = next().body().getJsonArray("messages");
        assertThat(told.stream().map(each -> ((io.vertx.core.json.JsonObject) each).getString("role")))
                .containsExactly("user", "assistant", "tool", "tool");
        assertThat(told.getJsonObject(2).getString("content")).isEqualTo("blue");

        // Without results, the conversation still goes on.
        host.model.plays(ModelScript.answer("Never mind."));
        var without = withFunction(asking("Forget it"))
                .put("previous_response_id", called.get("id").asText());
        assertThat(text(program.respond(without))).isEqualTo("Never mind.");
        assertThat(next().body().encode()).contains("no result");
    }

    @Test
    void tellsCallsOfOneAnswerInOneMessage() {
        host.model.plays(ModelScript.answer("Fine."));
        var body = withFunction(asking("")).put("store", false);
        body.set(
                "input",
                Json.read(
                        "[{\"role\":\"user\",\"content\":\"Look\"},"
                                + "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"x\"},"
                                + "{\"type\":\"function_call\",\"id\":\"fc_x\",\"status\":null,\"call_id\":\"a\",\"name\":\"look\",\"arguments\":\"{}\"},"
                                + "{\"type\":\"function_call\",\"call_id\":\"b\",\"name\":\"look\",\"arguments\":\"{}\"},"
                                + "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"1\"},"
                                + "{\"type\":\"function_call_output\",\"call_id\":\"b\",\"output\":[{\"type\":\"input_text\",\"text\":\"2\"}]}]"));
        assertThat(text(program.respond(body))).isEqualTo("Fine.");
        var told = next().body().getJsonArray("messages");
        assertThat(told.getJsonObject(1).getJsonArray("tool_calls")).hasSize(2);
        assertThat(told).hasSize(4);
    }

    @Test
    void cancelsAndTellsFailuresInTheResponse() {
        host.model.plays(ModelScript.hangAfter(ModelEvents.role(), ModelEvents.text("Once upon")));
        var begun = program.respond(asking("Tell").put("background", true));
        assertThat(begun.get("status").asText()).isEqualTo("in_progress");
        next();
        var path = "responses/" + begun.get("id").asText();
        assertThat(program.post(path + "/cancel", Json.object()).get("status").asText())
                .isEqualTo("cancelled");
        assertThat(program.get(path).get("status").asText()).isEqualTo("cancelled");

        host.model.plays(ModelScript.status(500));
        var failed = program.respond(asking("Tell"));
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asText()).isEqualTo("server_error");
        assertThat(failed.toString()).doesNotContain(ModelScript.PROVIDERS_OWN_WORDS);
        next();

        host.model.plays(ModelScript.stream(ModelEvents.text("Too"), ModelEvents.finish("length"), ModelEvents.DONE));
        var cut = program.stream(asking("Tell"));
        assertThat(types(cut)).endsWith("response.incomplete");
        assertThat(cut.get(cut.size() - 1)
                        .at("/response/incomplete_details/reason")
                        .asText())
                .isEqualTo("max_output_tokens");
        next();
    }

    @Test
    void passesCompletionsThrough() {
        host.model.plays(ModelScript.answer("Passed on."));
        var body = Json.object()
                .put("model", ModelEvents.MODEL)
                .put("stream", true)
                .put("top_k", 3);
        body.putArray("messages").addObject().put("role", "developer").putNull("content");
        var answer = program.send("chat/completions", body).expect(200);
        assertThat(answer.text()).isEqualTo(ModelEvents.answer("Passed on."));
        assertThat(answer.contentType()).startsWith("text/event-stream");
        var sent = next().body();
        assertThat(sent.encode()).isEqualTo(body.toString());

        host.model.plays(ModelScript.status(429, "Retry-After", "7"), ModelScript.status(401));
        var limited = program.send("chat/completions", body).expect(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(limited.json().at("/error/code").asText()).isEqualTo("provider_rate_limited");
        var refused = program.send("chat/completions", body).expect(502);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("provider_error");
        assertThat(refused.header("x-should-retry")).isEqualTo("false");
        assertThat(refused.text()).doesNotContain(ModelScript.PROVIDERS_OWN_WORDS);
        List.of(next(), next());
    }
}
