package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.parley.json.StrictJson;
import java.io.IOException;

/** The JSON parser for imports, with the limits for what may be stored. */
final class ImportJson {
    /** Bytes of a line without its messages, and of each message. Some formats have a whole conversation in one field. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    // LibreChat nests messages two levels deeper than the one that they follow. It must not exhaust the stack of
    // whatever walks through a value by recursion.
    private static final int MAX_DEPTH = 3000;

    private static final JsonFactory parsers = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(StrictJson.MAX_DIGITS)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private static final ObjectReader trees = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    static JsonParser newParser() throws IOException {
        return parsers.createNonBlockingByteArrayParser();
    }

    static JsonNode tree(TokenBuffer tokens) throws IOException {
        return trees.readTree(tokens.asParser());
    }

    private ImportJson() {}
}
