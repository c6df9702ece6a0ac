package io.parley.assistant.models.openai.situations;

import static io.parley.assistant.models.openai.situations.Situation.DONE;
import static io.parley.assistant.models.openai.situations.Situation.chunk;
import static io.parley.assistant.models.openai.situations.Situation.chunks;
import static io.parley.assistant.models.openai.situations.Situation.data;
import static io.parley.assistant.models.openai.situations.Situation.finish;
import static io.parley.assistant.models.openai.situations.Situation.json;

import io.parley.assistant.models.ModelFailure.Kind;
import java.util.List;

/** Errors, answers that break off, and words of the end that look like one of them. */
public final class FaultSituations {
    private FaultSituations() {}

    public static List<Situation> all() {
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
}
