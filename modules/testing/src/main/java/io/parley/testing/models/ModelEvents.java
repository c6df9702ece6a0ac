package io.parley.testing.models;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a streamed chat completion, as OpenAI's API reference has them: {@code data: {…}} and an empty line. */
public final class ModelEvents {
    /** The name of the model in its answers. */
    public static final String MODEL = "scripted-1";

    public static final String DONE = "data: [DONE]\n\n";

    /** What OpenRouter sends while it waits. */
    public static final String COMMENT = ": OPENROUTER PROCESSING\n\n";

    public static String role() {
        return delta(new JsonObject().put("role", "assistant").putNull("content"));
    }

    public static String text(String text) {
        return delta(new JsonObject().put("content", text));
    }

    /** A call begins; its arguments may follow in pieces. */
    public static String call(int index, @Nullable String id, String name, String arguments) {
        var call = new JsonObject()
                .put("index", index)
                .put("type", "function")
                .put("function", new JsonObject().put("name", name).put("arguments", arguments));
        return calls(id == null ? call : call.put("id", id));
    }

    public static String arguments(int index, String piece) {
        return calls(new JsonObject().put("index", index).put("function", new JsonObject().put("arguments", piece)));
    }

    /** Any tool calls of one event. */
    public static String calls(JsonObject... calls) {
        return delta(new JsonObject().put("tool_calls", new JsonArray(List.of(calls))));
    }

    public static String delta(JsonObject delta) {
        return choice(new JsonObject().put("index", 0).put("delta", delta).putNull("finish_reason"));
    }

    public static String finish(String reason) {
        return choice(
                new JsonObject().put("index", 0).put("delta", new JsonObject()).put("finish_reason", reason));
    }

    private static String choice(JsonObject choice) {
        return data(chunk().put("choices", new JsonArray().add(choice)));
    }

    /** The last event if the request has {@code stream_options.include_usage}. */
    public static String usage(int prompt, int completion) {
        return data(chunk().put("choices", new JsonArray())
                .put(
                        "usage",
                        new JsonObject()
                                .put("prompt_tokens", prompt)
                                .put("completion_tokens", completion)
                                .put("total_tokens", prompt + completion)));
    }

    public static String error(String message) {
        return data(new JsonObject()
                .put("error", new JsonObject().put("message", message).put("type", "server_error")));
    }

    private static JsonObject chunk() {
        return new JsonObject()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("created", 1_700_000_000)
                .put("model", MODEL);
    }

    public static String data(JsonObject json) {
        return "data: " + json.encode() + "\n\n";
    }

    /** A whole answer in text, word by word. */
    public static String answer(String text) {
        var events = new StringBuilder(role());
        for (String word : text.split("(?<= )", -1)) events.append(text(word));
        return events + finish("stop") + usage(7, 3) + DONE;
    }

    private ModelEvents() {}
}
