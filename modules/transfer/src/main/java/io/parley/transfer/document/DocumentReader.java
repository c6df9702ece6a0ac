package io.parley.transfer.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Splits a document into its parts while it arrives. The document is JSON Lines or, if it begins with a bracket, one JSON
 * array. An invalid line does not affect the following ones; after a syntax error in an array, the rest of it is unreadable.
 */
public final class DocumentReader {
    private static final byte[] NO_BYTES = {};

    private byte[] chunk = NO_BYTES;
    private int position;
    private int line = 1;
    private boolean isArray;
    private boolean isBegun;
    private boolean isLastReadPending;

    /** Reads the current line, or the array; null while the rest of it is skipped. */
    private @Nullable ElementReader reader;

    private boolean isLineComplete;

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
            if (isLineComplete) beginNextLine();
            if (!feedReader()) return null;
        }
    }

    private void begin() {
        while (position < chunk.length && isBlank(chunk[position])) if (chunk[position++] == '\n') line++;
        if (position == chunk.length) return;
        isBegun = true;
        isArray = chunk[position] == '[';
        reader = isArray ? arrayReader() : lineReader();
    }

    // Some editors put a byte order mark in front of UTF-8. It is allowed only there.
    private static boolean isBlank(byte character) {
        return character == ' '
                || character == '\t'
                || character == '\r'
                || character == '\n'
                || isByteOrderMark(character);
    }

    private static boolean isByteOrderMark(byte character) {
        return character == (byte) 0xef || character == (byte) 0xbb || character == (byte) 0xbf;
    }

    private @Nullable DocumentPart readPart() {
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
        var detail = "is not valid JSON";
        if (failure instanceof JsonProcessingException syntax && syntax.getLocation() != null)
            detail += " at byte " + syntax.getLocation().getByteOffset();
        if (isArray) detail += "; the rest of the array was not read";
        return new DocumentPart.Invalid(at, Problem.invalid("", detail));
    }

    private void beginNextLine() {
        line++;
        isLineComplete = false;
        reader = lineReader();
    }

    // Returns false if there is nothing to feed.
    private boolean feedReader() {
        if (position == chunk.length) return endReader();
        int end = isArray ? chunk.length : endOfLine();
        try {
            if (reader != null) reader.feed(chunk, position, end);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        isLineComplete = end < chunk.length;
        if (isLineComplete && reader != null) reader.end();
        position = isLineComplete ? end + 1 : end;
        return true;
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

    private ElementReader lineReader() {
        try {
            return ElementReader.ofLine(line);
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
