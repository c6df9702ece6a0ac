package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.http.HttpError;
import io.parley.json.JsonSchema;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operation takes as a body: by content type, the schema that it must satisfy. */
final class BodySchema {
    /** Lines of JSON, each of which is judged by itself; a body that may be these is taken in as it comes. */
    static final String LINES = "application/x-ndjson";

    private final Map<String, JsonSchema> schemas = new HashMap<>();

    void accept(String contentType, JsonSchema schema) {
        schemas.put(contentType, schema);
    }

    /** Whether it is not to be read as a whole. */
    boolean isUpload() {
        return schemas.containsKey(LINES);
    }

    /** Fails with a refusal where the headers announce what the operation does not take. */
    void check(MultiMap headers) {
        // Nothing is unpacked here: a small body could become any size (RFC 9110, 15.5.16).
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) throw HttpError.packed();
        schema(headers.get(HttpHeaders.CONTENT_TYPE));
    }

    /** Fails with a refusal or a problem where the body is not what the operation takes. */
    JsonNode read(MultiMap headers, Buffer body) {
        if (body.length() == 0) throw Problem.invalid("", "a body is required");
        // Nothing is unpacked here: a small body could become any size (RFC 9110, 15.5.16).
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) throw HttpError.packed();
        var schema = schema(headers.get(HttpHeaders.CONTENT_TYPE));
        var json = StrictJson.parse(body);
        StoredForm.check(json);
        schema.check(json);
        return json;
    }

    private JsonSchema schema(@Nullable String contentType) {
        if (contentType == null) throw HttpError.unsupportedMediaType(schemas.keySet());
        var parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        var schema = schemas.get(parts[0].strip());
        if (schema == null) throw HttpError.unsupportedMediaType(schemas.keySet());
        for (int i = 1; i < parts.length; i++)
            if (isOtherCharset(parts[i].strip())) throw HttpError.unsupportedMediaType(schemas.keySet());
        return schema;
    }

    // JSON between systems is UTF-8 (RFC 8259, 8.1).
    private static boolean isOtherCharset(String parameter) {
        return parameter.startsWith("charset") && !parameter.matches("charset=\"?utf-?8\"?");
    }
}
