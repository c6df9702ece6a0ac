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
    private static final int MAX_STRING = 2_000_000;

    // A stored value may be as deep as one in a request body, and lies a few levels deeper in an export.
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 5;

    private static final JsonFactory parsers = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(StrictJson.MAX_DIGITS)
                    .maxStringLength(MAX_STRING)
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
