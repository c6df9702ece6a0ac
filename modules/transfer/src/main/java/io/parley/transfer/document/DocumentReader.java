package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Splits a document into its parts while it arrives. The document is JSON Lines, or one JSON array, or one object on any
 * number of lines, which may be the {@link Envelope} of an array. An invalid line does not affect the following ones; after a
 * syntax error in a value on several lines, the rest of the document is unreadable.
 */
public final class DocumentReader {
    private static final byte[] NO_BYTES = {};

    private final Predicate<ObjectNode> isConversation;
    private byte[] chunk = NO_BYTES;
    private int position;
    private int line = 1;
    private boolean isArray;
    private boolean isBegun;
    private boolean isLastReadPending;

    /** Reads the current value; null while the rest of its line is skipped. */
    private @Nullable ElementReader reader;

    private boolean isReaderEnded;
    private boolean isLineComplete;

    /** Whether values may be on several lines. The first one decides. */
    private boolean maySpanLines = true;

    private boolean isContinued;
    private boolean isUnreadable;
    private boolean isAtContinuation;
    private byte lastByte;
    private DocumentPart.@Nullable Invalid cutOff;

    /** @param isConversation whether an object, without its messages, is a conversation in a format that has no messages */
    public DocumentReader(Predicate<ObjectNode> isConversation) {
        this.isConversation = isConversation;
    }

    /** Call it only after {@link #next} has returned null. */
    public void feed(Buffer bytes) {
        chunk = bytes.getBytes();
        position = 0;
        if (!isBegun) begin();
    }

    /** Call it after the last bytes; {@link #next} may return more parts then. */
    public void end() {
        chunk = NO_BYTES;
        position = 0;
        isLastReadPending = true;
    }

    /** The next part; null if it needs more bytes. */
    public @Nullable DocumentPart next() {
        while (true) {
            var part = readPart();
            if (part != null) return part;
            if (isReaderEnded) beginValue();
            else if (isLineComplete) endLine();
            else if (!feedReader()) return null;
        }
    }

    private void begin() {
        while (position < chunk.length && isBlank(chunk[position])) if (chunk[position++] == '\n') line++;
        if (position == chunk.length) return;
        isBegun = true;
        isArray = chunk[position] == '[';
        reader = isArray ? arrayReader() : lineReader(Envelope.possibly(isConversation));
    }

    // Some editors put a byte order mark in front of UTF-8. It is allowed only there.
    private static boolean isBlank(byte character) {
        return isSpace(character) || character == '\n' || isByteOrderMark(character);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean isByteOrderMark(byte character) {
        return character == (byte) 0xef || character == (byte) 0xbb || character == (byte) 0xbf;
    }

    private @Nullable DocumentPart readPart() {
        if (cutOff != null) {
            var part = cutOff;
            cutOff = null;
            return part;
        }
        if (reader == null) return null;
        try {
            return reader.next();
        } catch (IOException | RuntimeException failure) {
            return syntaxError(reader.line(), failure);
        }
    }

    // The parser's message is not used, because it quotes the document.
    private DocumentPart syntaxError(int at, Exception failure) {
        reader = null;
        isUnreadable = isArray || isContinued;
        var detail = "is not valid JSON";
        if (failure instanceof JsonProcessingException syntax && syntax.getLocation() != null)
            detail += " at byte " + syntax.getLocation().getByteOffset();
        if (isUnreadable) detail += "; the rest of the " + (isArray ? "array" : "document") + " was not read";
        return new DocumentPart.Invalid(at, Problem.invalid("", detail));
    }

    private void beginValue() {
        isReaderEnded = false;
        isContinued = false;
        reader = lineReader(Envelope.none());
    }

    private void endLine() {
        isLineComplete = false;
        line++;
        if (isUnreadable) return;
        if (reader == null) beginValue();
        else if (maySpanLines && reader.isInsideValue()) {
            isContinued = true;
            isAtContinuation = true;
        } else {
            if (!isContinued) maySpanLines = false;
            reader.end();
            isReaderEnded = true;
        }
    }

    // Returns false if there is nothing to feed.
    private boolean feedReader() {
        if (isAtContinuation) checkContinuation();
        if (position == chunk.length) return endReader();
        int end = isArray || isUnreadable ? chunk.length : endOfLine();
        int next = Math.min(end + 1, chunk.length);
        try {
            if (reader != null) reader.feed(chunk, position, next);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        rememberLastByte(end);
        isLineComplete = end < chunk.length;
        position = next;
        return true;
    }

    // If a value begins where none may stand, the previous line was cut off and is not the beginning of a longer value.
    private void checkContinuation() {
        while (position < chunk.length && isSpace(chunk[position])) position++;
        if (position == chunk.length || reader == null) return;
        isAtContinuation = false;
        if (chunk[position] != '{' || lastByte == '[' || lastByte == ',' || lastByte == ':') return;
        cutOff = new DocumentPart.Invalid(reader.line(), Problem.invalid("", "is not valid JSON: it ends too early"));
        maySpanLines = false;
        beginValue();
    }

    private void rememberLastByte(int end) {
        for (int at = end - 1; at >= position; at--) {
            if (isSpace(chunk[at])) continue;
            lastByte = chunk[at];
            return;
        }
    }

    // The last line need not end with a line break.
    private boolean endReader() {
        if (!isLastReadPending) return false;
        isLastReadPending = false;
        if (reader != null) reader.end();
        return true;
    }

    private int endOfLine() {
        int end = position;
        while (end < chunk.length && chunk[end] != '\n') end++;
        return end;
    }

    private ElementReader lineReader(Envelope envelope) {
        try {
            return ElementReader.ofLine(line, envelope);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ElementReader arrayReader() {
        try {
            return ElementReader.ofArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
