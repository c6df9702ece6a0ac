package io.parley.assistant.models.openai.situations;

import static io.parley.assistant.models.openai.situations.Situation.DONE;
import static io.parley.assistant.models.openai.situations.Situation.chunk;
import static io.parley.assistant.models.openai.situations.Situation.chunks;
import static io.parley.assistant.models.openai.situations.Situation.data;
import static io.parley.assistant.models.openai.situations.Situation.deltas;
import static io.parley.assistant.models.openai.situations.Situation.finish;
import static io.parley.assistant.models.openai.situations.Situation.json;

import java.util.List;

/** The forms of an answer around its text. */
public final class TextSituations {
    private TextSituations() {}

    public static List<Situation> all() {
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
}
