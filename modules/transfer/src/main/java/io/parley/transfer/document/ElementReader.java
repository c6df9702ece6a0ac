package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of one line, or of one array, as their bytes arrive. It keeps no more in memory than the current
 * element's fields besides its messages, and the current message.
 */
final class ElementReader {
    private static final String MESSAGES = "messages";

    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final Envelope envelope;

    private int line;
    private int depth;
    private boolean isEnded;
    private boolean isSkipping;
    private boolean isInMessages;
    private boolean hasMessages;
    private int messageIndex;
    private int headBytes;
    private int repairs;
    private String field = "";
    private ObjectNode head = JsonNodeFactory.instance.objectNode();

    /** The array of which a field consists, while its elements are collected one by one. */
    private @Nullable ArrayNode collected;

    private DocumentPart.@Nullable End completedElement;
    private @Nullable ValueReader value;

    private ElementReader(int line, Envelope envelope) throws IOException {
        this.parser = ImportJson.newParser();
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        this.line = line;
        this.envelope = envelope;
    }

    /** Reads one line with one element, or with an object that is the envelope of any number of them. */
    static ElementReader ofLine(int line, Envelope envelope) throws IOException {
        return new ElementReader(line, envelope);
    }

    /** Reads one array with any number of elements. */
    static ElementReader ofArray() throws IOException {
        return new ElementReader(0, Envelope.array());
    }

    int line() {
        return Math.max(1, line);
    }

    /** Whether bytes have arrived that are not a whole value. */
    boolean isInsideValue() {
        return depth > 0;
    }

    /** Call it only after {@link #next} has returned null. */
    void feed(byte[] bytes, int from, int to) throws IOException {
        feeder.feedInput(bytes, from, to);
    }

    void end() {
        isEnded = true;
        feeder.endOfInput();
    }

    /** The next part; null if it needs more bytes. Throws if the bytes are not JSON. */
    @Nullable DocumentPart next() throws IOException {
        while (true) {
            var token = parser.nextToken();
            // The parser returns a token that only the end of the input completes at the second call.
            if (token == JsonToken.NOT_AVAILABLE && isEnded) token = parser.nextToken();
            if (token == JsonToken.NOT_AVAILABLE) return null;
            if (token == null) return takeCompletedElement();
            var part = readOrSkipElement(token);
            if (part != null) return part;
        }
    }

    // An invalid element is skipped to its end.
    private @Nullable DocumentPart readOrSkipElement(JsonToken token) throws IOException {
        try {
            return read(token);
        } catch (Problem problem) {
            isSkipping = depth > envelope.elementDepth();
            value = null;
            collected = null;
            completedElement = null;
            return new DocumentPart.Invalid(line(), problem);
        }
    }

    private @Nullable DocumentPart read(JsonToken token) throws IOException {
        int depthBefore = depth;
        if (token.isStructStart()) depth++;
        if (token.isStructEnd()) depth--;
        if (isSkipping) {
            isSkipping = depth > envelope.elementDepth();
            return null;
        }
        if (depthBefore < envelope.elementDepth()) return beginArray(token);
        if (depthBefore == envelope.elementDepth() && !unwraps(token)) return beginElement(token);
        if (value != null) return addToValue(value);
        if (collected != null) return readCollected(token, collected);
        return isInMessages ? readMessage(token) : readField(token);
    }

    private @Nullable DocumentPart beginArray(JsonToken token) {
        if (token != JsonToken.START_ARRAY || line > 0)
            throw Problem.invalid("", "must not follow the end of the array");
        return null;
    }

    // An array without conversations is an ordinary field.
    private boolean unwraps(JsonToken token) {
        if (!envelope.isUndecided() || token == JsonToken.START_OBJECT) return false;
        unwrap();
        return true;
    }

    private void unwrap() {
        line = envelope.line();
        field = envelope.field();
        head = envelope.unwrap();
        collected = head.arrayNode();
    }

    private @Nullable DocumentPart beginElement(JsonToken token) {
        if (token == JsonToken.END_ARRAY && envelope.hasArray()) return endArray();
        if (envelope.hasArray()) line++;
        if (envelope.isEnded()) throw Problem.invalid("", "must not follow the end of the array");
        if (completedElement != null) throw Problem.invalid("", "must be the only JSON value on its line");
        if (token != JsonToken.START_OBJECT) throw Problem.invalid("", "must be a JSON object");
        head = JsonNodeFactory.instance.objectNode();
        isInMessages = false;
        hasMessages = false;
        messageIndex = 0;
        headBytes = 0;
        return null;
    }

    // What follows in an envelope is not read.
    private @Nullable DocumentPart endArray() {
        envelope.end();
        isSkipping = depth > 0;
        return null;
    }

    private @Nullable DocumentPart readField(JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            field = name(parser.currentName());
            return null;
        }
        if (token == JsonToken.END_OBJECT) return endElement();
        if (token == JsonToken.START_ARRAY && envelope.mayBegin(field)) {
            envelope.begin(line, field, head);
            line = 0;
            return null;
        }
        if (token == JsonToken.START_ARRAY && field.equals(MESSAGES)) {
            isInMessages = true;
            hasMessages = true;
            return null;
        }
        return beginValue("/" + field, ImportJson.MAX_BYTES - headBytes);
    }

    private String name(String name) {
        var repaired = TextRepair.of(name);
        if (!repaired.equals(name)) repairs++;
        return repaired;
    }

    // On a line, the element is returned at the end of the line only, because another value may follow it.
    private @Nullable DocumentPart endElement() {
        if (envelope.isUndecided() && !envelope.decide(head)) {
            var first = head;
            unwrap();
            if (collected != null) collected.add(first);
            return null;
        }
        var element = new DocumentPart.End(line(), head, hasMessages, takeRepairs());
        if (envelope.hasArray()) return element;
        completedElement = element;
        return null;
    }

    private @Nullable DocumentPart takeCompletedElement() {
        var element = completedElement;
        completedElement = null;
        return element;
    }

    private @Nullable DocumentPart readMessage(JsonToken token) throws IOException {
        if (token == JsonToken.END_ARRAY) {
            isInMessages = false;
            return null;
        }
        return beginValue("/" + MESSAGES + "/" + messageIndex, ImportJson.MAX_BYTES);
    }

    private @Nullable DocumentPart readCollected(JsonToken token, ArrayNode elements) throws IOException {
        if (token != JsonToken.END_ARRAY) return beginValue("/" + field, ImportJson.MAX_BYTES - headBytes);
        head.set(field, elements);
        collected = null;
        return null;
    }

    private @Nullable DocumentPart beginValue(String pointer, int maxBytes) throws IOException {
        value = new ValueReader(parser, pointer, maxBytes);
        return addToValue(value);
    }

    private @Nullable DocumentPart addToValue(ValueReader reader) throws IOException {
        var json = reader.add();
        if (json == null) return null;
        value = null;
        repairs += reader.repairs();
        if (isInMessages) return message(json, reader.bytes());
        headBytes += reader.bytes();
        if (collected != null) collected.add(json);
        else head.set(field, json);
        return null;
    }

    private DocumentPart message(JsonNode json, int bytes) {
        envelope.decide();
        return new DocumentPart.Message(line(), messageIndex++, json, head, bytes, takeRepairs());
    }

    private int takeRepairs() {
        int taken = repairs;
        repairs = 0;
        return taken;
    }
}
