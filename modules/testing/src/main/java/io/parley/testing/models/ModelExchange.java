package io.parley.testing.models;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One request to the scripted model, and the answer that a test or a script writes to it, piece by piece. */
public final class ModelExchange {
    private final HttpServerRequest request;
    private final Buffer body;
    private final Promise<Void> closed = Promise.promise();

    ModelExchange(HttpServerRequest request, Buffer body) {
        this.request = request;
        this.body = body;
        request.response().closeHandler(gone -> closed.tryComplete());
    }

    public MultiMap headers() {
        return request.headers();
    }

    /** The URL's query, or null if it has none. */
    public @Nullable String query() {
        return request.query();
    }

    /** The client's port; equal for requests on one connection. */
    public int clientPort() {
        return request.remoteAddress().port();
    }

    public JsonObject body() {
        return body.toJsonObject();
    }

    /** Completes if either side closes the connection before the answer ends. */
    public Future<Void> closed() {
        return closed.future();
    }

    /** Answers with a status other than 200 and any body. */
    public void refuse(int status, String type, String answer, String... headers) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", type);
        for (int at = 0; at < headers.length; at += 2) response.putHeader(headers[at], headers[at + 1]);
        response.end(answer);
    }

    /** Answers with these bytes, which gzip has made. */
    public void compressed(Buffer bytes) {
        response().putHeader("Content-Encoding", "gzip").end(bytes);
    }

    /** Sends status and headers, and nothing of the body yet. */
    public ModelExchange begin() {
        response().writeHead();
        return this;
    }

    /** Sends these bytes as one chunk, at once. */
    public ModelExchange write(String text) {
        return write(Buffer.buffer(text));
    }

    public ModelExchange write(Buffer bytes) {
        writing(bytes);
        return this;
    }

    Future<Void> writing(Buffer bytes) {
        return response().write(bytes);
    }

    /** Sends the text in chunks of {@code size} bytes, even if that splits a character. */
    public ModelExchange writeInChunksOf(int size, String text) {
        var bytes = Buffer.buffer(text);
        for (int from = 0; from < bytes.length(); from += size)
            write(bytes.getBuffer(from, Math.min(from + size, bytes.length())));
        return this;
    }

    private HttpServerResponse response() {
        var response = request.response();
        if (response.headWritten()) return response;
        return response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
    }

    public void end() {
        response().end();
    }

    /** Closes the connection in the middle of the answer. */
    public void cut() {
        request.connection().close();
    }
}
