package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content types that an operation takes, each with the schema for its body. */
final class BodySchema {
    private final boolean isRequired;
    private final int maxBytes;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    /** @param maxBytes null for the limit of all operations */
    BodySchema(boolean isRequired, @Nullable Integer maxBytes) {
        this.isRequired = isRequired;
        this.maxBytes = maxBytes == null ? BodyReader.LIMIT : maxBytes;
    }

    void add(String contentType, JsonSchema schema) {
        schemas.put(contentType, schema);
    }

    /** Of a body that is read as a whole. */
    int maxBytes() {
        return maxBytes;
    }

    /** Whether the body may be lines of JSON or any bytes: such a body has any size, and is processed while it arrives. */
    boolean isUpload() {
        return schemas.containsKey(MediaTypes.JSON_LINES) || schemas.containsKey(MediaTypes.BYTES);
    }

    /** Fails with a 415 if the operation does not take such a body; otherwise returns its schema. */
    JsonSchema checkHeaders(MultiMap headers) {
        // Nothing is decompressed, because a small body could become any size (RFC 9110, 15.5.16).
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) throw HttpError.compressed();
        return schema(headers.get(HttpHeaders.CONTENT_TYPE));
    }

    /** Fails if the operation does not take such a body, or if the body is not valid. Empty if there is none and none is required. */
    Optional<JsonNode> read(MultiMap headers, Buffer body) {
        if (body.length() == 0 && !isRequired) return Optional.empty();
        if (body.length() == 0) throw Problem.invalid("", "a body is required");
        var schema = checkHeaders(headers);
        var json = StrictJson.parse(body);
        StoredForm.check(json);
        schema.check(json);
        return Optional.of(json);
    }

    /** Fails invalid if the JSON is no valid body. */
    void check(JsonNode json) {
        var schema = schemas.get(MediaTypes.JSON);
        if (schema == null) throw new IllegalStateException("the operation takes no JSON");
        schema.check(json);
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

    // JSON is always UTF-8 (RFC 8259, 8.1).
    private static boolean isOtherCharset(String parameter) {
        return parameter.startsWith("charset") && !parameter.matches("charset=\"?utf-?8\"?");
    }
}
