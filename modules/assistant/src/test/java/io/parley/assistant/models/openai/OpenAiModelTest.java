package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.ADAS_KEY;
import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.testing.models.ModelEvents.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BusExtension.class)
class OpenAiModelTest {
    private final Vertx vertx;
    private final HeardText heard = new HeardText();
    private ScriptedModel server;
    private OpenAiModel model;

    OpenAiModelTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
        model = Models.model(vertx, server, PATIENT);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void passesOnEachPieceAtOnce() {
        var generation = model.generate(GREETING, heard);
        var exchange = Answers.of(server.next());
        exchange.begin().write(ModelEvents.role());
        exchange.write(ModelEvents.text("Good "));
        Answers.of(heard.exactly("Good "));
        exchange.write(ModelEvents.text("morning"));
        Answers.of(heard.exactly("Good morning"));
        assertThat(generation.reply().isComplete()).isFalse();
        exchange.write(ModelEvents.finish("stop") + ModelEvents.usage(12, 2) + DONE)
                .end();
        assertThat(Answers.of(generation.reply()))
                .isEqualTo(new ModelReply(
                        "Good morning", List.of(), ModelEvents.MODEL, new ModelReply.Usage(12, 2, 0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void readsAnAnswerThatIsSplitAnywhere(int size) {
        var answer = "Naïve 😀 Größe, ça va? 早上好";
        server.plays(exchange ->
                exchange.writeInChunksOf(size, ModelEvents.answer(answer)).end());
        assertThat(reply().text()).isEqualTo(answer);
        assertThat(heard.text()).isEqualTo(answer);
    }

    @Test
    void readsLinesThatEndInCrLf() {
        server.plays(exchange -> exchange.writeInChunksOf(
                        3, ModelEvents.answer("Good morning").replace("\n", "\r\n"))
                .end());
        assertThat(reply().text()).isEqualTo("Good morning");
    }

    @Test
    void ignoresCommentsAndBlankLines() {
        var reasoning =
                new JsonObject().put("content", "").put("reasoning", "Hm.").put("reasoning_content", "Hm.");
        server.plays(ModelScript.stream(
                ModelEvents.COMMENT,
                "\n\n",
                ModelEvents.COMMENT,
                ModelEvents.delta(reasoning),
                ModelEvents.answer("Yes")));
        assertThat(reply().text()).isEqualTo("Yes");
        assertThat(heard.pieces()).isEqualTo(1);
    }

    @Test
    void joinsToolCallsThatArriveInterleaved() {
        server.plays(ModelScript.stream(
                ModelEvents.role(),
                ModelEvents.call(0, "call_a", "add_task", ""),
                ModelEvents.arguments(0, "{\"title\":"),
                ModelEvents.call(1, "call_b", "list_tasks", "{"),
                ModelEvents.arguments(0, "\"Buy m"),
                ModelEvents.arguments(1, "}"),
                ModelEvents.arguments(0, "ilk\"}"),
                ModelEvents.finish("tool_calls"),
                DONE));
        var reply = reply();
        assertThat(reply.text()).isEmpty();
        assertThat(reply.toolCalls())
                .containsExactly(
                        new ToolCall("call_a", "add_task", "{\"title\":\"Buy milk\"}"),
                        new ToolCall("call_b", "list_tasks", "{}"));
        assertThat(reply.usage()).isNull();
    }

    @Test
    void sendsRequestsInOpenAisForm() {
        server.plays(ModelScript.answer("Done."));
        var calls = new Json("[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add_task\","
                + "\"arguments\":\"{\\\"title\\\":1.0}\"}}]");
        var prompt = new Prompt(
                "gpt-ada",
                List.of(
                        new Prompt.Line(Role.SYSTEM, "Be brief.", null, null),
                        new Prompt.Line(Role.USER, "Add a task", null, null),
                        new Prompt.Line(Role.ASSISTANT, null, calls, null),
                        new Prompt.Line(Role.TOOL, "{\"id\":7}", null, "c1")),
                List.of(Models.ADD_TASK),
                ZoneOffset.UTC);
        Answers.of(model.generate(prompt, heard).reply());
        var exchange = Answers.of(server.next());
        assertThat(exchange.headers().get("Authorization")).isEqualTo("Bearer " + ADAS_KEY.value());
        assertThat(exchange.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(exchange.body())
                .isEqualTo(new JsonObject()
                        .put("model", "gpt-ada")
                        .put("stream", true)
                        .put("stream_options", new JsonObject().put("include_usage", true))
                        .put(
                                "messages",
                                new JsonArray()
                                        .add(message("system", "Be brief."))
                                        .add(message("user", "Add a task"))
                                        .add(message("assistant", null).put("tool_calls", new JsonArray(calls.text())))
                                        .add(message("tool", "{\"id\":7}").put("tool_call_id", "c1")))
                        .put(
                                "tools",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "function")
                                                .put(
                                                        "function",
                                                        new JsonObject()
                                                                .put("name", "add_task")
                                                                .put("description", "Adds a task")
                                                                .put(
                                                                        "parameters",
                                                                        new JsonObject(Models.ADD_TASK
                                                                                .parameters()
                                                                                .text()))))));
    }

    private static JsonObject message(String role, String content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    @Test
    void leavesOutToolsAndKeyIfThereAreNone() {
        server.plays(ModelScript.answer("Yes"));
        var keyless = new OpenAiModel(
                vertx, ModelHttpClient.create(vertx, PATIENT), PATIENT, Models.withoutKey(server.baseUrl()));
        Answers.of(keyless.generate(GREETING, heard).reply());
        var exchange = Answers.of(server.next());
        assertThat(exchange.headers().contains("Authorization")).isFalse();
        assertThat(exchange.body().fieldNames())
                .containsExactlyInAnyOrder("model", "stream", "stream_options", "messages");
    }

    @Test
    void replacesArgumentsThatAreNoJson() {
        server.plays(ModelScript.answer("Done."));
        var calls = new Json(
                "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":\"{\\\"t\"}}]");
        var line = new Prompt.Line(Role.ASSISTANT, "", calls, null);
        Answers.of(model.generate(new Prompt("gpt-ada", List.of(line), List.of(), ZoneOffset.UTC), heard)
                .reply());
        var sent = Answers.of(server.next()).body().getJsonArray("messages").getJsonObject(0);
        assertThat(sent.getJsonArray("tool_calls")
                        .getJsonObject(0)
                        .getJsonObject("function")
                        .getString("arguments"))
                .isEqualTo("{}");
    }

    @Test
    void namesTheRequestedModelIfTheProviderNamesNone() {
        server.plays(ModelScript.stream(
                "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"},\"finish_reason\":\"stop\"}]}\n\n"));
        assertThat(reply()).isEqualTo(new ModelReply("Yes", List.of(), "gpt-ada", null));
    }

    @Test
    void readsARefusalAsText() {
        server.plays(ModelScript.stream(
                ModelEvents.delta(new JsonObject().putNull("content").put("refusal", "I cannot help with that.")),
                DONE));
        assertThat(reply().text()).isEqualTo("I cannot help with that.");
    }

    @Test
    void callsBackInTheContextOfTheCaller() {
        server.plays(ModelScript.answer("Good morning"));
        var context = vertx.getOrCreateContext();
        Promise<Boolean> same = Promise.promise();
        context.runOnContext(begun -> model.generate(GREETING, piece -> same.tryComplete(here(context))));
        assertThat(Answers.of(same.future())).isTrue();
    }

    private static boolean here(Context context) {
        return Vertx.currentContext() == context && Context.isOnEventLoopThread();
    }

    @Test
    void reusesAConnection() {
        server.always(ModelScript.answer("Yes"));
        reply();
        reply();
        assertThat(Answers.of(server.next()).clientPort())
                .isEqualTo(Answers.of(server.next()).clientPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void acceptsABaseUrlWithOrWithoutASlash(String end) {
        server.plays(ModelScript.answer("Yes"));
        var provider = Models.provider(URI.create(server.baseUrl() + end + "?api-version=1"));
        var other = new OpenAiModel(vertx, ModelHttpClient.create(vertx, PATIENT), PATIENT, provider);
        assertThat(Answers.of(other.generate(GREETING, heard).reply()).text()).isEqualTo("Yes");
        assertThat(Answers.of(server.next()).query()).isEqualTo("api-version=1");
    }

    private ModelReply reply() {
        return Answers.of(model.generate(GREETING, heard).reply());
    }
}
