package io.parley.gateway;

import static io.parley.gateway.TestGateway.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/** Speaks HTTP/2 with a gateway, in clear text and by prior knowledge. */
public final class Http2Client implements AutoCloseable {
    /** What a client sends first (RFC 9113, 3.4). */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** The path of an answer that is larger than the default windows. */
    public static final String LARGE = "/openapi.yaml";

    private final TestGateway gateway;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient(options());

    public record Answer(int status, HttpVersion version, MultiMap headers, String body) {}

    public Http2Client(TestGateway gateway) {
        this.gateway = gateway;
    }

    public static HttpClientOptions options() {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
    }

    /** With connections of its own. */
    public HttpClient connect(Handler<HttpConnection> connected) {
        return vertx.httpClientBuilder()
                .with(options())
                .withConnectHandler(connected)
                .build();
    }

    /** With connections of its own. */
    public HttpClient connect(HttpClientOptions options) {
        return vertx.createHttpClient(options);
    }

    /** Asks for a new task of Ada's. */
    public Answer post(String body, boolean isChunked) {
        return await(exchange(http, HttpMethod.POST, "/api/v1/tasks", request -> {
            asAda(request);
            if (isChunked) request.setChunked(true);
            else request.putHeader("Content-Length", String.valueOf(body.length()));
            request.end(Buffer.buffer(body));
            return request.response().compose(Http2Client::read);
        }));
    }

    public Answer send(HttpMethod method, String path) {
        return send(http, method, path);
    }

    public Answer send(HttpClient client, HttpMethod method, String path) {
        return await(sendAsync(client, method, path));
    }

    public Future<Answer> sendAsync(HttpMethod method, String path) {
        return sendAsync(http, method, path);
    }

    private Future<Answer> sendAsync(HttpClient client, HttpMethod method, String path) {
        return exchange(client, method, path, request -> request.send().compose(Http2Client::read));
    }

    public <T> Future<T> exchange(HttpMethod method, String path, Function<HttpClientRequest, Future<T>> exchange) {
        return exchange(http, method, path, exchange);
    }

    /**
     * Opens a request and passes it on. All of it runs on an event loop: on another thread, a response could have ended before its
     * handlers are set, and its body would never arrive.
     */
    public <T> Future<T> exchange(
            HttpClient client, HttpMethod method, String path, Function<HttpClientRequest, Future<T>> exchange) {
        var target = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI(path);
        Promise<T> done = Promise.promise();
        vertx.runOnContext(loop -> client.request(target).compose(exchange).onComplete(done));
        return done.future();
    }

    public static HttpClientRequest asAda(HttpClientRequest request) {
        return request.putHeader("Authorization", "Bearer " + Fixtures.token(Fixtures.adasClaims()))
                .putHeader("Content-Type", "application/json");
    }

    public static Future<Answer> read(HttpClientResponse response) {
        return response.body()
                .map(body ->
                        new Answer(response.statusCode(), response.version(), response.headers(), body.toString()));
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
