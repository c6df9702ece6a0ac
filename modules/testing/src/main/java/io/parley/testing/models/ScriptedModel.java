package io.parley.testing.models;

import io.parley.testing.Answers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that implements OpenAI's chat completions as scripted: request by request from a script, or by a
 * test that takes the {@link #next} exchange and writes to it, so that the test knows what has arrived without waiting for
 * a time. If no script is left, it does nothing by itself.
 */
public final class ScriptedModel implements AutoCloseable {
    private final boolean secure;
    private final HttpServer server;
    private final Queue<ModelScript> scripts = new ArrayDeque<>();
    private final Queue<ModelExchange> untaken = new ArrayDeque<>();
    private final Queue<Promise<ModelExchange>> awaited = new ArrayDeque<>();
    private final AtomicInteger requests = new AtomicInteger();
    private ModelScript otherwise = ModelScript.hang();

    private ScriptedModel(Vertx vertx, HttpServerOptions options) {
        this.secure = options.isSsl();
        this.server = vertx.createHttpServer(options).requestHandler(this::take);
    }

    /** Listens on a free port. Not for use on an event loop. */
    public static ScriptedModel start(Vertx vertx) {
        return start(vertx, new HttpServerOptions());
    }

    public static ScriptedModel start(Vertx vertx, HttpServerOptions options) {
        var model = new ScriptedModel(vertx, options.setHost("127.0.0.1").setPort(0));
        Answers.of(model.server.listen());
        return model;
    }

    /** What a provider is configured with. */
    public URI baseUrl() {
        return URI.create((secure ? "https" : "http") + "://localhost:" + server.actualPort() + "/v1");
    }

    /** Plays each of them for one request, in this order. */
    public synchronized ScriptedModel plays(ModelScript... once) {
        scripts.addAll(List.of(once));
        return this;
    }

    /** Plays it for every request that no other script is left for. */
    public synchronized ScriptedModel always(ModelScript script) {
        otherwise = script;
        return this;
    }

    /** The next request that was not returned yet, as soon as it arrives, scripted or not. */
    public synchronized Future<ModelExchange> next() {
        var exchange = untaken.poll();
        if (exchange != null) return Future.succeededFuture(exchange);
        Promise<ModelExchange> promise = Promise.promise();
        awaited.add(promise);
        return promise.future();
    }

    /** Whether {@link #next} has a request already. */
    public synchronized boolean hasNext() {
        return !untaken.isEmpty();
    }

    /** Number of requests so far. */
    public int requests() {
        return requests.get();
    }

    private void take(HttpServerRequest request) {
        var target = request.method() + " " + request.path();
        switch (target) {
            case "POST /v1/chat/completions" ->
                request.body().onSuccess(body -> answer(new ModelExchange(request, body)));
            case "GET /v1/models" -> request.response().end(models().encode());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void answer(ModelExchange exchange) {
        requests.incrementAndGet();
        script(exchange).play(exchange);
    }

    private synchronized ModelScript script(ModelExchange exchange) {
        var waiting = awaited.poll();
        if (waiting == null) untaken.add(exchange);
        else waiting.complete(exchange);
        var script = scripts.poll();
        return script == null ? otherwise : script;
    }

    private static JsonObject models() {
        var model = new JsonObject().put("id", ModelEvents.MODEL).put("object", "model");
        return new JsonObject().put("object", "list").put("data", new JsonArray().add(model));
    }

    /** Closes every connection. */
    @Override
    public void close() {
        Answers.of(server.close());
    }
}
