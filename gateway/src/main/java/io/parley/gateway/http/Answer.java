package io.parley.gateway.http;

import io.parley.json.JsonForm;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer that is not an error. A route that returns one decides status and headers itself.
 *
 * @param headers added to {@link SecurityHeaders}; a header of the same name replaces one of those
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable Buffer body) {
    /** In bytes: a frame of HTTP/2. */
    private static final int PIECE = 16 * 1024;

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), null);
    }

    public static Answer json(int status, Record body) {
        return json(status, Map.of(), body);
    }

    /** @param headers beside the content type */
    public static Answer json(int status, Map<String, String> headers, Record body) {
        return json(status, headers, JsonForm.write(body));
    }

    /** @param body JSON, already written */
    public static Answer json(int status, Map<String, String> headers, Buffer body) {
        var all = new LinkedHashMap<String, String>();
        all.put("Content-Type", MediaTypes.JSON);
        all.putAll(headers);
        return new Answer(status, all, body);
    }

    /** Of the body, in bytes. */
    public int size() {
        return body == null ? 0 : body.length();
    }

    /** Does nothing if another answer has begun or the client has disconnected. */
    public Future<Void> write(HttpServerResponse response) {
        if (response.headWritten() || response.closed()) return Future.succeededFuture();
        SecurityHeaders.apply(response);
        headers.forEach(response::putHeader);
        response.setStatusCode(status);
        return body == null ? response.end() : end(response, body);
    }

    // What a stream of HTTP/2 has not sent counts against the window of its connection: if it exceeds that, Netty
    // holds back all other streams of the connection until the client reads this one. Vert.x hands over a piece only
    // after the one before it is sent.
    private static Future<Void> end(HttpServerResponse response, Buffer body) {
        int length = body.length();
        if (response.streamId() < 0 || length <= PIECE) return response.end(body);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
        int at = 0;
        for (; length - at > PIECE; at += PIECE) response.write(body.slice(at, at + PIECE));
        return response.end(body.slice(at, length));
    }
}
