package io.parley.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line, or one array, of elements as its bytes come in. Of an element that is being read no more is kept than
 * its members besides the messages, and the one message that it is at.
 */
final class ElementReader {
    private static final String MESSAGES = "messages";

    /** In bytes: more than the largest message that can be stored takes with every character escaped. */
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;

    /** In bytes, of each member besides the messages: a ChatGPT conversation is one. */
    private static final int MAX_MEMBER = 16 * 1024 * 1024;

    private static final int MAX_STRING = 2_000_000;

    // A stored value may be as deep as a body's and stands a few levels down here.
    private static final JsonFactory parsers = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StrictJson.MAX_DEPTH + 5)
                    .maxNumberLength(StrictJson.MAX_DIGITS)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private static final ObjectReader trees = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final JsonParser parser;
    private final ByteArrayFeeder feeder;

    /** How deep in containers the elements lie. */
    private final int base;

    private int line;
    private int depth;
    private boolean isEnded;
    private boolean skips;
    private boolean inMessages;
    private int messages;
    private String name = "";
    private ObjectNode head = JsonNodeFactory.instance.objectNode();
    private Item.@Nullable End complete;
    private @Nullable TokenBuffer value;
    private int valueDepth;
    private long valueStart;

    private ElementReader(int line, int base) throws IOException {
        this.parser = parsers.createNonBlockingByteArrayParser();
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        this.line = line;
        this.base = base;
    }

    /** For one line with one element. */
    static ElementReader ofLine(int line) throws IOException {
        return new ElementReader(line, 0);
    }

    /** For one array of any number of elements. */
    static ElementReader ofArray() throws IOException {
        return new ElementReader(0, 1);
    }

    int line() {
        return Math.max(1, line);
    }

    /** Only after {@link #pull} has given all of what came before. */
    void feed(byte[] bytes, int from, int to) throws IOException {
        feeder.feedInput(bytes, from, to);
    }

    void end() {
        isEnded = true;
        feeder.endOfInput();
    }

    /** The next item of what was fed; null where there is none without more bytes. Fails where it is not JSON. */
    @Nullable Item pull() throws IOException {
        while (true) {
            var token = parser.nextToken();
            // A token that only the end completes is there at the second asking.
            if (token == JsonToken.NOT_AVAILABLE && isEnded) token = parser.nextToken();
            if (token == JsonToken.NOT_AVAILABLE) return null;
            if (token == null) return completed();
            var item = taken(token);
            if (item != null) return item;
        }
    }

    private @Nullable Item taken(JsonToken token) throws IOException {
        try {
            return take(token);
        } catch (Problem problem) {
            skips = depth > base;
            value = null;
            complete = null;
            return new Item.Broken(line(), Failure.of(problem));
        }
    }

    private @Nullable Item take(JsonToken token) throws IOException {
        int before = depth;
        if (token.isStructStart()) depth++;
        if (token.isStructEnd()) depth--;
        if (skips) {
            skips = depth > base;
            return null;
        }
        if (before < base) return open(token);
        if (before == base) return begin(token);
        if (value != null) return collect(value);
        if (inMessages) return message(token);
        return member(token);
    }

    private @Nullable Item open(JsonToken token) {
        if (token != JsonToken.START_ARRAY || line > 0) throw Problem.invalid("", "stands behind the end of the array");
        return null;
    }

    private @Nullable Item begin(JsonToken token) {
        if (token == JsonToken.END_ARRAY && base > 0) return null;
        if (base > 0) line++;
        if (complete != null) throw Problem.invalid("", "has more than one JSON value on its line");
        if (token != JsonToken.START_OBJECT) throw Problem.invalid("", "must be a JSON object");
        head = JsonNodeFactory.instance.objectNode();
        inMessages = false;
        messages = 0;
        return null;
    }

    private @Nullable Item member(JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            name = parser.currentName();
            return null;
        }
        if (token == JsonToken.END_OBJECT) return end(new Item.End(line(), head));
        if (token == JsonToken.START_ARRAY && name.equals(MESSAGES)) {
            inMessages = true;
            return null;
        }
        return collect(start(depth - (token.isStructStart() ? 1 : 0)));
    }

    // That a line goes on behind its element shows only later.
    private @Nullable Item end(Item.End element) {
        if (base > 0) return element;
        complete = element;
        return null;
    }

    private @Nullable Item completed() {
        var item = complete;
        complete = null;
        return item;
    }

    private @Nullable Item message(JsonToken token) throws IOException {
        if (token == JsonToken.END_ARRAY) {
            inMessages = false;
            return null;
        }
        return collect(start(depth - (token.isStructStart() ? 1 : 0)));
    }

    private TokenBuffer start(int outside) {
        valueDepth = outside;
        valueStart = parser.currentLocation().getByteOffset();
        var buffer = new TokenBuffer(parser).forceUseOfBigDecimal(true);
        value = buffer;
        return buffer;
    }

    private @Nullable Item collect(TokenBuffer buffer) throws IOException {
        copy(buffer);
        if (parser.currentLocation().getByteOffset() - valueStart > (inMessages ? MAX_MESSAGE : MAX_MEMBER))
            throw Problem.invalid(place(), "is too large");
        if (depth > valueDepth) return null;
        value = null;
        JsonNode json = trees.readTree(buffer.asParser());
        StoredForm.check(place(), json);
        if (inMessages) return new Item.Message(line(), messages++, json, head);
        head.set(name, json);
        return null;
    }

    private void copy(TokenBuffer buffer) throws IOException {
        try {
            buffer.copyCurrentEvent(parser);
        } catch (ArithmeticException | NumberFormatException tooMuch) {
            throw Problem.invalid(place(), "has a number out of range");
        }
    }

    private String place() {
        return inMessages ? "/messages/" + messages : "/" + name;
    }
}
