package io.parley.gateway.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/**
 * A token in the compact serialization (RFC 7515, 3.1) that has the form of those that Parley issues. What the library would ignore or
 * read leniently is refused here: other header parameters such as {@code crit} and {@code b64}, repeated claims, padding and other
 * spellings of the same bytes. Whether the signature is valid is the library's part.
 *
 * @param text what was signed, and the signature
 */
record CompactToken(String text, JsonNode claims) {
    static final String ALGORITHM = "HS256";

    private static final String TYPE = "JWT";
    private static final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

    /** Fails with a 401, or with whatever the parsers of its parts fail with. */
    static CompactToken parse(String text) {
        var parts = text.split("\\.", -1);
        Claims.require(parts.length == 3);
        var header = StrictJson.parse(decoded(parts[0]));
        Claims.require(header.size() == 2
                && header.path("alg").asText().equals(ALGORITHM)
                && header.path("typ").asText().equals(TYPE));
        var claims = StrictJson.parse(decoded(parts[1]));
        Claims.require(claims.isObject());
        decoded(parts[2]);
        return new CompactToken(text, claims);
    }

    // The decoder accepts padding, and any value in the bits that the last character has left over.
    private static Buffer decoded(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        Claims.require(encoder.encodeToString(bytes).equals(part));
        return Buffer.buffer(bytes);
    }
}
