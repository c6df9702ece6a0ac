package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The API as a program sees it. */
public record Client(
        LoopConnections connections, int port, @Nullable String token) {
    public static Client of(Vertx vertx, int port, int connections) {
        return new Client(new LoopConnections(vertx, connections), port, null);
    }

    /** The same as somebody who has just registered. */
    public Future<Client> registered(String name) {
        var account = new JsonObject()
                .put("email", name + "@example.org")
                .put("password", "weaves algebraic patterns")
                .put("name", name);
        return post("/auth/register", account).map(answer -> as(answer.getString("access_token")));
    }

    public Future<JsonObject> get(String path) {
        return fetch(HttpMethod.GET, path, null).map(Client::json);
    }

    public Future<JsonObject> post(String path, JsonObject body) {
        return fetch(HttpMethod.POST, path, body).map(Client::json);
    }

    public Future<Boolean> isReady() {
        return connections
                .here()
                .request(new RequestOptions().setPort(port).setURI("/health/ready"))
                .compose(request -> request.send())
                .map(response -> response.statusCode() == 200)
                .otherwise(false);
    }

    /** What is answered, as it is. */
    public Future<Buffer> fetch(HttpMethod method, String path, @Nullable JsonObject body) {
        return send(
                method,
                path,
                body,
                response -> response.body()
                        .compose(read -> response.statusCode() < 300
                                ? Future.succeededFuture(read)
                                : Future.failedFuture("status " + response.statusCode() + ": " + read)));
    }

    /** The same over connections of its own. */
    public Client over(LoopConnections other) {
        return new Client(other, port, token);
    }

    public Client as(String other) {
        return new Client(connections, port, other);
    }

    /** An answer that comes in pieces, none of them before it is resumed. */
    public Future<HttpClientResponse> stream(HttpMethod method, String path, @Nullable JsonObject body) {
        return send(
                method,
                path,
                body,
                response -> response.statusCode() == 200
                        ? Future.succeededFuture(response.pause())
                        : Future.failedFuture("status " + response.statusCode()));
    }

    /** Reads where the response arrives: another thread might look at it only when its body has gone by. */
    private <T> Future<T> send(
            HttpMethod method,
            String path,
            @Nullable JsonObject body,
            Function<HttpClientResponse, Future<T>> reading) {
        var options = new RequestOptions().setMethod(method).setPort(port).setURI("/api/v1" + path);
        if (token != null) options.putHeader("Authorization", "Bearer " + token);
        if (body == null)
            return connections
                    .here()
                    .request(options)
                    .compose(request -> request.send().compose(reading));
        options.putHeader("Content-Type", "application/json").putHeader("Accept", accepted(path));
        return connections
                .here()
                .request(options)
                .compose(request -> request.send(body.toBuffer()).compose(reading));
    }

    private static String accepted(String path) {
        return path.startsWith("/chat/") ? "text/event-stream" : "application/json";
    }

    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    }
}
