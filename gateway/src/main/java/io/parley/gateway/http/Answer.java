package io.parley.gateway.http;

import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered where all went well, before it is written.
 *
 * @param headers beside those that every answer has, or in their place
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable Buffer body) {
    public static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** One that was given before. */
    public static Answer again(StoredAnswer stored) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Idempotency-Replayed", "true");
        if (stored.location() != null) headers.put("Location", stored.location());
        if (stored.etag() != null) headers.put("ETag", stored.etag());
        if (stored.body() == null) return new Answer(stored.status(), headers, null);
        headers.putAll(JSON);
        return new Answer(stored.status(), headers, Buffer.buffer(stored.body()));
    }

    /** @param upload of the request's body, where it was taken in as it came */
    public StoredAnswer stored(@Nullable String upload) {
        var text = body == null ? null : body.toString();
        return new StoredAnswer(status, headers.get("Location"), headers.get("ETag"), text, upload);
    }

    /** Writes nothing where there is an answer already, or nobody to read it. */
    public Future<Void> write(HttpServerResponse response) {
        if (response.headWritten() || response.closed()) return Future.succeededFuture();
        SecurityHeaders.apply(response);
        headers.forEach(response::putHeader);
        response.setStatusCode(status);
        return body == null ? response.end() : response.end(body);
    }
}
