package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.parley.kernel.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Collects the tokens of one JSON value until it is complete. */
final class ValueReader {
    private final JsonParser parser;
    private final String pointer;
    private final int maxBytes;
    private final long start;
    private final TokenBuffer tokens;
    private int depth;
    private int repairs;

    /** The parser is at the first token of the value. */
    ValueReader(JsonParser parser, String pointer, int maxBytes) {
        this.parser = parser;
        this.pointer = pointer;
        this.maxBytes = maxBytes;
        this.start = parser.currentLocation().getByteOffset();
        this.tokens = new TokenBuffer(parser).forceUseOfBigDecimal(true);
    }

    /**
     * Adds the parser's current token. Returns the value when this was its last token, else null. Fails invalid if the value
     * is too large or has a number that cannot be stored.
     */
    @Nullable JsonNode add() throws IOException {
        copyToken();
        if (bytes() > maxBytes) throw Problem.invalid(pointer, "is too large");
        if (parser.currentToken().isStructStart()) depth++;
        if (parser.currentToken().isStructEnd()) depth--;
        if (depth > 0) return null;
        var repaired = TextRepair.of(pointer, ImportJson.tree(tokens));
        repairs = repaired.repairs();
        return repaired.json();
    }

    /** Bytes from the first token to the last one. */
    int bytes() {
        return (int) (parser.currentLocation().getByteOffset() - start);
    }

    /** How many texts of the value had characters that cannot be stored. */
    int repairs() {
        return repairs;
    }

    private void copyToken() throws IOException {
        try {
            tokens.copyCurrentEvent(parser);
        } catch (ArithmeticException | NumberFormatException outOfRange) {
            throw Problem.invalid(pointer, "has a number out of range");
        }
    }
}
