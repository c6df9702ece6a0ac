package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A model server with OpenAI's chat completions API that sends one word per interval. */
public final class SlowModel {
    private final Vertx vertx;
    private final int words;
    private final long millisBetween;

    public SlowModel(Vertx vertx, int words, long millisBetween) {
        this.vertx = vertx;
        this.words = words;
        this.millisBetween = millisBetween;
    }

    public Future<HttpServer> listen() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(received -> respond(request)))
                .listen(0, "127.0.0.1");
    }

    private void respond(HttpServerRequest request) {
        request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        var sent = new int[1];
        long timer = vertx.setPeriodic(1, millisBetween, tick -> {
            if (sent[0]++ < words) send(request, new JsonObject().put("content", "word "), null);
            else finish(request, tick);
        });
        request.response().closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private void finish(HttpServerRequest request, long timer) {
        vertx.cancelTimer(timer);
        send(request, new JsonObject(), "stop");
        request.response().end("data: [DONE]\n\n");
    }

    private static void send(HttpServerRequest request, JsonObject delta, @Nullable String reason) {
        var choice = new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", reason);
        var chunk = new JsonObject()
                .put("object", "chat.completion.chunk")
                .put("model", "slow")
                .put("choices", new JsonArray().add(choice));
        request.response().write("data: " + chunk.encode() + "\n\n");
    }
}
