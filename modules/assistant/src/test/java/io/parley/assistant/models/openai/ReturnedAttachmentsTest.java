package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.situations.Situation.DONE;
import static io.parley.assistant.models.openai.situations.Situation.chunks;
import static io.parley.assistant.models.openai.situations.Situation.finish;
import static io.parley.assistant.models.openai.situations.Situation.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Prompt.Attached;
import io.parley.assistant.models.Prompt.Line;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a provider attached to its message comes back to it with the next request. */
@ExtendWith(BusExtension.class)
class ReturnedAttachmentsTest {
    private static final String CALL =
            "{'tool_calls':[{'index':0,'id':'g','type':'function','function':{'name':'list_tasks','arguments':'{}'}}]}";

    private final Vertx vertx;

    ReturnedAttachmentsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    static Stream<Arguments> attachments() {
        return Stream.of(
                Arguments.of(
                        List.of("{'content':'Yes','extra_content':{'google':{'thought_signature':'c2ln'}}}"),
                        "{'content':'Yes','extra_content':{'google':{'thought_signature':'c2ln'}}}"),
                Arguments.of(List.of("{'reasoning_content':'hm'}", "{'content':'Yes'}"), "{'content':'Yes'}"),
                Arguments.of(
                        List.of("{'reasoning_content':'h'}", "{'reasoning_content':'m'}", CALL),
                        "{'content':null,'reasoning_content':'hm'}"),
                Arguments.of(List.of("{'reasoning_content':''}", CALL), "{'content':null,'reasoning_content':''}"),
                Arguments.of(
                        List.of("{'reasoning':'hm','reasoning_content':'hm'}", CALL),
                        "{'content':null,'reasoning_content':'hm','reasoning':'hm'}"),
                Arguments.of(
                        List.of(
                                "{'reasoning_details':[{'type':'reasoning.text','text':'h','index':0}]}",
                                "{'reasoning_details':[{'type':'reasoning.text','text':'m','index':0,'signature':'s'}]}",
                                "{'reasoning_details':[{'type':'reasoning.encrypted','data':'eA==','index':1}]}",
                                CALL),
                        "{'content':null,'reasoning_details':[{'type':'reasoning.text','text':'hm','index':0,'signature':'s'},"
                                + "{'type':'reasoning.encrypted','data':'eA==','index':1}]}"),
                Arguments.of(
                        List.of("{'content':'<think>hm</think>Wait.'}", CALL), "{'content':'<think>hm</think>Wait.'}"),
                Arguments.of(
                        List.of("{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]}]}", CALL),
                        "{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]}]}"));
    }

    @ParameterizedTest
    @MethodSource("attachments")
    void goBackAsTheyCame(List<String> deltas, String returned) {
        try (var server = ScriptedModel.start(vertx)) {
            var sent = sentAfter(server, deltas.toArray(String[]::new));
            sent.remove("role");
            sent.remove("tool_calls");
            assertThat(sent).isEqualTo(new JsonObject(json(returned)));
        }
    }

    @Test
    void goBackWithTheirCalls() {
        try (var server = ScriptedModel.start(vertx)) {
            var sent = sentAfter(server, CALL.replace("'id'", "'extra_content':{'a':'\\ud83d\\u0000'},'id'"));
            assertThat(sent.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("extra_content"))
                    .isEqualTo(new JsonObject().put("a", "\uFFFD\u0000"));
        }
    }

    /** The assistant's message in the request after an answer of these deltas. */
    private JsonObject sentAfter(ScriptedModel server, String... deltas) {
        server.plays(ModelScript.stream(chunks(deltas), finish("stop"), DONE), ModelScript.answer("Bye"));
        var model = Models.model(vertx, server, PATIENT);
        var reply = Answers.of(model.generate(GREETING, piece -> {}).reply());
        var calls = reply.toolCalls().isEmpty()
                ? null
                : new Json(json("[{'id':'g','type':'function','function':{'name':'list_tasks','arguments':'{}'}}]"));
        var line = Line.calls(reply.text().isEmpty() ? null : reply.text(), calls)
                .with(Attached.of(reply.providerState(), reply.reasoning()));
        Answers.of(model.generate(new Prompt("gpt-ada", List.of(line), List.of(), ZoneOffset.UTC), piece -> {})
                .reply());
        Answers.of(server.next());
        return Answers.of(server.next()).body().getJsonArray("messages").getJsonObject(0);
    }
}
