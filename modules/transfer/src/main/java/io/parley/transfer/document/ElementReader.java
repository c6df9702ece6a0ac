package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
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

    /** Bytes: more than the largest message that can be stored takes with every character escaped. */
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;

    /** Bytes of each field besides the messages. A whole ChatGPT conversation is one field. */
    private static final int MAX_FIELD = 16 * 1024 * 1024;

    private final JsonParser parser;
    private final ByteArrayFeeder feeder;

    /** The nesting depth of the elements: 0 on a line, 1 in an array. */
    private final int elementDepth;

    private int line;
    private int depth;
    private boolean isEnded;
    private boolean isSkipping;
    private boolean isInMessages;
    private int messageIndex;
    private String field = "";
    private ObjectNode head = JsonNodeFactory.instance.objectNode();
    private DocumentPart.@Nullable End completedElement;
    private @Nullable ValueReader value;

    private ElementReader(int line, int elementDepth) throws IOException {
        this.parser = ImportJson.newParser();
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        this.line = line;
        this.elementDepth = elementDepth;
    }

    /** Reads one line with one element. */
    static ElementReader ofLine(int line) throws IOException {
        return new ElementReader(line, 0);
    }

    /** Reads one array with any number of elements. */
    static ElementReader ofArray() throws IOException {
        return new ElementReader(0, 1);
    }

    int line() {
        return Math.max(1, line);
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
            isSkipping = depth > elementDepth;
            value = null;
            completedElement = null;
            return new DocumentPart.Invalid(line(), problem);
        }
    }

    private @Nullable DocumentPart read(JsonToken token) throws IOException {
        int depthBefore = depth;
        if (token.isStructStart()) depth++;
        if (token.isStructEnd()) depth--;
        if (isSkipping) {
            isSkipping = depth > elementDepth;
            return null;
        }
        if (depthBefore < elementDepth) return beginArray(token);
        if (depthBefore == elementDepth) return beginElement(token);
        if (value != null) return addToValue(value);
        return isInMessages ? readMessage(token) : readField(token);
    }

    private @Nullable DocumentPart beginArray(JsonToken token) {
        if (token != JsonToken.START_ARRAY || line > 0)
            throw Problem.invalid("", "must not follow the end of the array");
        return null;
    }

    private @Nullable DocumentPart beginElement(JsonToken token) {
        if (token == JsonToken.END_ARRAY && elementDepth > 0) return null;
        if (elementDepth > 0) line++;
        if (completedElement != null) throw Problem.invalid("", "must be the only JSON value on its line");
        if (token != JsonToken.START_OBJECT) throw Problem.invalid("", "must be a JSON object");
        head = JsonNodeFactory.instance.objectNode();
        isInMessages = false;
        messageIndex = 0;
        return null;
    }

    private @Nullable DocumentPart readField(JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            field = parser.currentName();
            return null;
        }
        if (token == JsonToken.END_OBJECT) return endElement(new DocumentPart.End(line(), head));
        if (token == JsonToken.START_ARRAY && field.equals(MESSAGES)) {
            isInMessages = true;
            return null;
        }
        return beginValue("/" + field, MAX_FIELD);
    }

    // On a line, the element is returned at the end of the line only, because another value may follow it.
    private @Nullable DocumentPart endElement(DocumentPart.End element) {
        if (elementDepth > 0) return element;
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
        return beginValue("/" + MESSAGES + "/" + messageIndex, MAX_MESSAGE);
    }

    private @Nullable DocumentPart beginValue(String pointer, int maxBytes) throws IOException {
        value = new ValueReader(parser, pointer, maxBytes);
        return addToValue(value);
    }

    private @Nullable DocumentPart addToValue(ValueReader reader) throws IOException {
        var json = reader.add();
        if (json == null) return null;
        value = null;
        if (isInMessages) return new DocumentPart.Message(line(), messageIndex++, json, head);
        head.set(field, json);
        return null;
    }
}
