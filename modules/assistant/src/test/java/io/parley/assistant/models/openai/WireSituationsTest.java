package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Situation.DONE;
import static io.parley.assistant.models.openai.Situation.chunk;
import static io.parley.assistant.models.openai.Situation.chunks;
import static io.parley.assistant.models.openai.Situation.data;
import static io.parley.assistant.models.openai.Situation.deltas;
import static io.parley.assistant.models.openai.Situation.finish;
import static io.parley.assistant.models.openai.Situation.json;
import static io.parley.assistant.models.openai.Situation.pieces;
import static io.parley.assistant.models.openai.Situation.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolDescription;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Repository;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers were seen to send. The README of the module names the source of each. */
@ExtendWith(BusExtension.class)
class WireSituationsTest {
    private static final Prompt PROMPT = new Prompt(
            "gpt-ada",
            Models.GREETING.messages(),
            List.of(Models.ADD_TASK, new ToolDescription("list_tasks", "Lists tasks", new Json("{}"))),
            ZoneOffset.UTC);

    private final Vertx vertx;
    private ScriptedModel server;

    WireSituationsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Situation> situations() {
        return Stream.of(toolCalls(), faults(), texts(), reasonings(), usages()).flatMap(List::stream);
    }

    private static List<Situation> toolCalls() {
        return List.of(
                pieces(
                                "one index for all calls, in pieces",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'a','function':{'arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'arguments':'`a`}'}}",
                                "{'index':0,'id':'b','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'b','function':{'arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "no index",
                                "{'id':'a','function':{'name':'add_task','arguments':'{`title`:`a`}'}}",
                                "{'id':'b','function':{'name':'add_task','arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "another id in each piece",
                                "{'index':0,'id':'x-1','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'x-2','function':{'arguments':'{`title`:'}}",
                                "{'index':0,'id':'x-3','function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "two whole calls without ids under one index",
                                "{'index':0,'id':'','function':{'name':'add_task','arguments':'{`title`:`a`}'}}",
                                "{'index':0,'id':'','function':{'name':'add_task','arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "the arguments before the id",
                                "{'index':0,'function':{'name':'add_task','arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "an empty object in front of the arguments",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}",
                                "{'index':0,'function':{'arguments':'{`title`:'}}",
                                "{'index':0,'function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "no arguments for a tool that needs none",
                                "{'index':0,'id':'a','function':{'name':'list_tasks','arguments':''}}")
                        .calls("list_tasks {}"),
                pieces(
                                "arguments as an object",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':{'title':'a'}}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "id and name again in the last piece",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                deltas(
                                "text and a call in one delta",
                                "{'content':'Wait.','tool_calls':[{'index':0,'id':'a','function':{'name':'list_tasks','arguments':'{}'}}]}")
                        .says("Wait.")
                        .calls("list_tasks {}"),
                deltas(
                                "a call as it was before there were tools",
                                "{'function_call':{'name':'list_tasks','arguments':'{}'}}")
                        .calls("list_tasks {}"));
    }

    private static List<Situation> faults() {
        var half = chunks("{'content':'Half an '}");
        return List.of(
                Situation.of("a field of its own for the error", half, "error: {\"code\":500}\n\n", DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("an event named error", half, "event: error\ndata: overloaded\n\n", DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("vLLM's error object", half, data("{'object':'error','message':'boom','code':400}"), DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("an error as the first event", data("{'error':'boom'}"), DONE)
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of(
                                "an error in a choice",
                                half,
                                data("{'choices':[{'index':0,'delta':{},'error':{'code':502}}]}"),
                                DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("an error without data: in front", half, json("{'error':{'message':'boom'}}\n"), DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("an error in a list", json("[{'error':{'code':400,'status':'INVALID_ARGUMENT'}}]"))
                        .fails(Kind.PROVIDER_ERROR),
                Situation.of("only a message", json("{'detail':'Not Found'}")).fails(Kind.PROVIDER_ERROR),
                Situation.of("an empty finish_reason, then the end", chunk("{'content':'Half an '}", "''"))
                        .says("Half an ")
                        .fails(Kind.BROKEN_OFF),
                Situation.of("the end of the body before the end of the answer", half)
                        .says("Half an ")
                        .fails(Kind.BROKEN_OFF),
                Situation.of("a document that is cut off", json("{'choices':[{'message':{'content':'Half an"))
                        .fails(Kind.BROKEN_OFF),
                Situation.of(
                                "the word null as finish_reason",
                                chunk("{'content':'All '}", "'null'"),
                                chunk("{'content':'done.'}", "'stop'"),
                                DONE)
                        .says("All done."),
                Situation.of("Gemini's words in capitals", chunk("{'content':'All'}", "'PROHIBITED_CONTENT'"), DONE)
                        .says("All")
                        .finished("content_filter"),
                Situation.of("Zhipu's network_error", half, finish("network_error"), DONE)
                        .says("Half an ")
                        .fails(Kind.PROVIDER_ERROR));
    }

    private static List<Situation> texts() {
        var whole = json("{'object':'chat.completion','model':'m1','choices':[{'index':0,'message':{'role':'assistant',"
                + "'content':'All done.'},'finish_reason':'stop'}],'usage':{'prompt_tokens':5,'completion_tokens':2}}");
        return List.of(
                Situation.of("a document instead of a stream", whole)
                        .says("All done.")
                        .uses(5, 2, 0, 0, 0),
                Situation.of("a pretty-printed document with a BOM", "\uFEFF" + whole.replace(",", ",\r\n  ") + "\r\n")
                        .says("All done.")
                        .uses(5, 2, 0, 0, 0),
                Situation.of("a document with the end of a stream behind it", whole, "\n", DONE)
                        .says("All done.")
                        .uses(5, 2, 0, 0, 0),
                Situation.of("a document in an event", "data: " + whole + "\n\n", DONE)
                        .says("All done.")
                        .uses(5, 2, 0, 0, 0),
                Situation.of(
                                "the whole message beside the last delta",
                                chunks("{'content':'All '}", "{'content':'done.'}"),
                                data(
                                        "{'choices':[{'index':0,'delta':{},'message':{'content':'All done.'},'finish_reason':'stop'}]}"),
                                DONE)
                        .says("All done."),
                deltas(
                                "parts, and then a text",
                                "{'content':[{'type':'text','text':'All '}]}",
                                "{'content':'done.'}",
                                "{'content':null}")
                        .says("All done."),
                Situation.of(
                                "events of the server's own",
                                "event: hermes.tool.progress\ndata: {\"message\":\"working\"}\n\n",
                                data("{'type':'billing.summary','cost':1}"),
                                data("{'type':'ping'}"),
                                chunks("{'content':'All done.'}"),
                                finish("stop"),
                                DONE)
                        .says("All done."),
                Situation.of(
                                "an emoji whose halves come apart",
                                chunks("{'content':'All \\ud83d'}", "{'content':'\\ude00 done.'}"),
                                finish("stop"),
                                DONE)
                        .says("All 😀 done."),
                Situation.of("text and finish_reason in one chunk", chunk("{'content':'All done.'}", "'stop'"), DONE)
                        .says("All done."),
                Situation.of(
                                "no empty line at the end",
                                chunks("{'content':'All done.'}"),
                                finish("stop").strip())
                        .says("All done."),
                Situation.of(
                                "lines that end in CR",
                                (chunks("{'content':'All done.'}") + finish("stop") + DONE).replace('\n', '\r'))
                        .says("All done."));
    }

    private static List<Situation> reasonings() {
        return List.of(
                deltas(
                                "Mistral's thinking parts",
                                "{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]}]}",
                                "{'content':[{'type':'text','text':'All done.'}]}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "the reasoning under two names",
                                "{'reasoning':'hm','reasoning_content':'hm'}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "OpenRouter's details beside its text",
                                "{'reasoning':'hm','reasoning_details':[{'type':'reasoning.text','text':'hm'}]}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "details only, the last one encrypted",
                                "{'reasoning_details':[{'type':'reasoning.summary','summary':'hm'}]}",
                                "{'reasoning_details':[{'type':'reasoning.encrypted','data':'eA=='}]}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "think tags that are split",
                                "{'content':'\\n<'}",
                                "{'content':'think>h'}",
                                "{'content':'m</thi'}",
                                "{'content':'nk>\\n\\nAll done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas("think tags in the middle", "{'content':'All <think>done</think>.'}")
                        .says("All <think>done</think>."),
                deltas("a text that only begins like a tag", "{'content':'<th'}", "{'content':'ree'}")
                        .says("<three"),
                deltas("nothing but reasoning", "{'reasoning_content':'hm'}", "{'content':''}")
                        .thinks("hm"));
    }

    private static List<Situation> usages() {
        var text = chunks("{'content':'Yes'}") + finish("stop");
        return List.of(
                Situation.of(
                                "Moonshot's usage in the choice",
                                chunks("{'content':'Yes'}"),
                                data(
                                        "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','usage':{'prompt_tokens':19,'completion_tokens':13,'cached_tokens':4}}]}"),
                                DONE)
                        .says("Yes")
                        .uses(19, 13, 4, 0, 0),
                Situation.of(
                                "DeepSeek's names for the cache",
                                text,
                                usage(
                                        "{'prompt_tokens':30,'completion_tokens':5,'prompt_cache_hit_tokens':20,'prompt_cache_miss_tokens':10}"),
                                DONE)
                        .says("Yes")
                        .uses(30, 5, 20, 0, 0),
                Situation.of(
                                "OpenRouter's cache writes",
                                text,
                                usage(
                                        "{'prompt_tokens':30,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':8,'cache_write_tokens':9}}"),
                                DONE)
                        .says("Yes")
                        .uses(30, 5, 8, 9, 0),
                Situation.of(
                                "xAI's reasoning beside the completion",
                                text,
                                usage(
                                        "{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,'completion_tokens_details':{'reasoning_tokens':94}}"),
                                DONE)
                        .says("Yes")
                        .uses(32, 103, 0, 0, 94),
                Situation.of(
                                "Gemini's total that alone has the thoughts",
                                text,
                                usage("{'prompt_tokens':20,'completion_tokens':424,'total_tokens':1016}"),
                                DONE)
                        .says("Yes")
                        .uses(20, 996, 0, 0, 0),
                Situation.of(
                                "Anthropic's prompt without the cache",
                                text,
                                usage(
                                        "{'prompt_tokens':10,'completion_tokens':5,'cache_read_input_tokens':1000,'cache_creation_input_tokens':100}"),
                                DONE)
                        .says("Yes")
                        .uses(1110, 5, 1000, 100, 0),
                Situation.of(
                                "usage that grows with each chunk",
                                usage("{'prompt_tokens':10,'completion_tokens':1}"),
                                text,
                                usage("{'prompt_tokens':10,'completion_tokens':2}"),
                                usage("null"),
                                DONE)
                        .says("Yes")
                        .uses(10, 2, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void understands(Situation situation) {
        for (int size : new int[] {5, 100_000}) {
            server.plays(
                    exchange -> exchange.writeInChunksOf(size, situation.body()).end());
            var heard = new HeardText();
            var reply =
                    Models.model(vertx, server, PATIENT).generate(PROMPT, heard).reply();
            if (situation.failure() == null) check(situation, Answers.of(reply), heard);
            else assertThat(Models.kindOf(reply)).isEqualTo(situation.failure());
            assertThat(heard.text()).isEqualTo(situation.text());
        }
    }

    private static void check(Situation situation, ModelReply reply, HeardText heard) {
        assertThat(reply.text()).isEqualTo(situation.text());
        assertThat(reply.reasoning()).isEqualTo(situation.reasoning());
        assertThat(heard.reasoning()).isEqualTo(situation.reasoning() == null ? "" : situation.reasoning());
        assertThat(reply.toolCalls())
                .extracting(call -> call.name() + " " + call.arguments())
                .isEqualTo(situation.calls());
        assertThat(reply.finishReason()).isEqualTo(situation.finishReason());
        assertThat(reply.usage()).isEqualTo(situation.usage());
    }

    @Test
    void areListedInTheReadme() throws IOException {
        var readme = Files.readString(Repository.root().resolve("modules/assistant/README.md"));
        assertThat(situations()).allSatisfy(situation -> assertThat(readme).contains("| " + situation.name() + " |"));
    }
}
