package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of the API; {@code token} is the access token that it sends. */
public record Client(
        LoopConnections connections, int port, @Nullable String token) {
    public static Client of(Vertx vertx, int port, int connections) {
        return new Client(new LoopConnections(vertx, connections), port, null);
    }

    /** Registers a user and returns a client with the token of that user. */
    public Future<Client> register(String name) {
        var account = new JsonObject()
                .put("email", name + "@example.org")
                .put("password", "weaves algebraic patterns")
                .put("name", name);
        return post("/auth/register", account).map(tokens -> as(tokens.getString("access_token")));
    }

    public Future<JsonObject> get(String path) {
        return fetch(HttpMethod.GET, path, null).map(Client::json);
    }

    public Future<JsonObject> post(String path, JsonObject body) {
        return fetch(HttpMethod.POST, path, body).map(Client::json);
    }

    public Future<Boolean> isReady() {
        return connections
                .ofThisLoop()
                .request(new RequestOptions().setPort(port).setURI("/health/ready"))
                .compose(request -> request.send())
                .map(response -> response.statusCode() == 200)
                .otherwise(false);
    }

    /** Returns the body as it is. Fails if the status is 300 or more. */
    public Future<Buffer> fetch(HttpMethod method, String path, @Nullable JsonObject body) {
        return send(method, path, body, Client::body);
    }

    /** Posts JSON to a path outside the API. Fails as {@link #fetch} does. */
    public Future<Buffer> post(String uri, Map<String, String> headers, JsonObject body) {
        var options = options(HttpMethod.POST, uri).putHeader("Content-Type", "application/json");
        headers.forEach(options::putHeader);
        return connections
                .ofThisLoop()
                .request(options)
                .compose(request -> request.send(body.toBuffer()).compose(Client::body));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.body()
                .compose(read -> response.statusCode() < 300
                        ? Future.succeededFuture(read)
                        : Future.failedFuture("status " + response.statusCode() + ": " + read));
    }

    /** The same client over these connections. */
    public Client over(LoopConnections other) {
        return new Client(other, port, token);
    }

    public Client as(String accessToken) {
        return new Client(connections, port, accessToken);
    }

    /** Returns a streamed response, paused. */
    public Future<HttpClientResponse> stream(HttpMethod method, String path, @Nullable JsonObject body) {
        return send(
                method,
                path,
                body,
                response -> response.statusCode() == 200
                        ? Future.succeededFuture(response.pause())
                        : Future.failedFuture("status " + response.statusCode()));
    }

    // Reads on the thread on which the response arrives: on another one the body could be missed.
    private <T> Future<T> send(
            HttpMethod method, String path, @Nullable JsonObject body, Function<HttpClientResponse, Future<T>> reader) {
        var options = options(method, "/api/v1" + path);
        if (body == null)
            return connections
                    .ofThisLoop()
                    .request(options)
                    .compose(request -> request.send().compose(reader));
        options.putHeader("Content-Type", "application/json").putHeader("Accept", accept(path));
        return connections
                .ofThisLoop()
                .request(options)
                .compose(request -> request.send(body.toBuffer()).compose(reader));
    }

    private RequestOptions options(HttpMethod method, String uri) {
        var options = new RequestOptions().setMethod(method).setPort(port).setURI(uri);
        return token == null ? options : options.putHeader("Authorization", "Bearer " + token);
    }

    private static String accept(String path) {
        return path.startsWith("/chat/") ? "text/event-stream" : "application/json";
    }

    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    }
}
