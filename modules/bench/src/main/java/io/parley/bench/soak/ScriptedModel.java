package io.parley.bench.soak;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slow model server with OpenAI's chat completions API: it answers each message of the user with a call of the tool
 * {@code add_task} whose title is the message, then with a few words. It calls no tool in requests without tools.
 */
final class ScriptedModel {
    private static final int WORDS = 10;
    private static final long MILLIS_BETWEEN = 30;

    private final Vertx vertx;

    ScriptedModel(Vertx vertx) {
        this.vertx = vertx;
    }

    Future<HttpServer> listen() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> respond(request, new JsonObject(body)))
                        .onFailure(broken -> request.response().reset()))
                .listen(0, "127.0.0.1");
    }

    private void respond(HttpServerRequest request, JsonObject prompt) {
        var messages = prompt.getJsonArray("messages");
        var last = messages.getJsonObject(messages.size() - 1);
        boolean callsTool = prompt.containsKey("tools") && "user".equals(last.getString("role"));
        var chunks = callsTool ? toolCall(String.valueOf(last.getValue("content"))) : words();
        request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        var sent = new int[1];
        long timer = vertx.setPeriodic(1, MILLIS_BETWEEN, tick -> {
            request.response().write("data: " + chunks.get(sent[0]++).encode() + "\n\n");
            if (sent[0] < chunks.size()) return;
            vertx.cancelTimer(tick);
            request.response().end("data: [DONE]\n\n");
        });
        request.response().closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private static List<JsonObject> toolCall(String title) {
        var function = new JsonObject()
                .put("name", "add_task")
                .put("arguments", new JsonObject().put("title", title).encode());
        var call = new JsonObject()
                .put("index", 0)
                .put("id", "call_1")
                .put("type", "function")
                .put("function", function);
        return List.of(
                chunk(new JsonObject().put("tool_calls", new JsonArray().add(call)), null),
                chunk(new JsonObject(), "tool_calls"));
    }

    private static List<JsonObject> words() {
        var chunks = new ArrayList<JsonObject>();
        for (int word = 0; word < WORDS; word++) chunks.add(chunk(new JsonObject().put("content", "word "), null));
        chunks.add(chunk(new JsonObject(), "stop"));
        return chunks;
    }

    private static JsonObject chunk(JsonObject delta, @Nullable String reason) {
        var choice = new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", reason);
        return new JsonObject()
                .put("object", "chat.completion.chunk")
                .put("model", "scripted")
                .put("choices", new JsonArray().add(choice));
    }
}
