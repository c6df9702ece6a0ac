package io.parley.gateway.http;

import io.parley.json.JsonForm;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
        return body == null ? response.end() : response.end(body);
    }
}
