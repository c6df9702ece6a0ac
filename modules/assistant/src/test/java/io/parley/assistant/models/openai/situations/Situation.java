package io.parley.assistant.models.openai.situations;

import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelReply.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server was seen to send, and what is to be understood.
 *
 * @param name as in the module's README
 * @param body of its answer
 * @param calls each as {@code name arguments}
 * @param failure null if there is an answer
 */
public record Situation(
        String name,
        String body,
        String text,
        @Nullable String reasoning,
        List<String> calls,
        @Nullable String finishReason,
        @Nullable Usage usage,
        @Nullable Kind failure) {

    public static Situation of(String name, String... events) {
        return new Situation(name, String.join("", events), "", null, List.of(), "stop", null, null);
    }

    /** A whole stream of these deltas. */
    public static Situation deltas(String name, String... deltas) {
        return of(name, chunks(deltas) + finish("stop") + DONE);
    }

    /** A whole stream of these pieces of tool calls. */
    public static Situation pieces(String name, String... pieces) {
        var deltas = new String[pieces.length];
        for (int at = 0; at < pieces.length; at++) deltas[at] = "{'tool_calls':[" + pieces[at] + "]}";
        return of(name, chunks(deltas) + finish("tool_calls") + DONE).finished("tool_calls");
    }

    public static final String DONE = "data: [DONE]\n\n";

    public static String chunks(String... deltas) {
        var events = new StringBuilder();
        for (var delta : deltas) events.append(chunk(delta, "null"));
        return events.toString();
    }

    public static String chunk(String delta, String finishReason) {
        return data("{'id':'c','object':'chat.completion.chunk','model':'m1','choices':[{'index':0,'delta':" + delta
                + ",'finish_reason':" + finishReason + "}]}");
    }

    public static String finish(String reason) {
        return chunk("{}", "'" + reason + "'");
    }

    public static String usage(String usage) {
        return data("{'choices':[],'usage':" + usage + "}");
    }

    public static String data(String json) {
        return "data: " + json(json) + "\n\n";
    }

    /** With single quotes for double ones, and {@code `} for those that are escaped. */
    public static String json(String text) {
        return text.replace('\'', '"').replace("`", "\\\"");
    }

    public Situation says(String text) {
        return new Situation(name, body, text, reasoning, calls, finishReason, usage, failure);
    }

    public Situation thinks(String reasoning) {
        return new Situation(name, body, text, reasoning, calls, finishReason, usage, failure);
    }

    public Situation calls(String... calls) {
        var unescaped =
                List.of(calls).stream().map(call -> call.replace('\'', '"')).toList();
        return new Situation(name, body, text, reasoning, unescaped, finishReason, usage, failure);
    }

    public Situation finished(@Nullable String reason) {
        return new Situation(name, body, text, reasoning, calls, reason, usage, failure);
    }

    public Situation uses(int prompt, int completion, int cached, int cacheWrite, int reasoningTokens) {
        var tokens = new Usage(prompt, completion, cached, cacheWrite, reasoningTokens);
        return new Situation(name, body, text, reasoning, calls, finishReason, tokens, failure);
    }

    public Situation fails(Kind kind) {
        return new Situation(name, body, text, reasoning, calls, finishReason, usage, kind);
    }

    @Override
    public String toString() {
        return name;
    }
}
