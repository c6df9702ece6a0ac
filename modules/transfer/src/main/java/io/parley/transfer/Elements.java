package io.parley.transfer;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document into its elements while it comes in: JSON Lines, or, where it begins with a bracket, one array. A line
 * that is broken says nothing of the next one; where an array is broken its rest cannot be read.
 */
final class Elements {
    private static final byte[] NOTHING = {};

    private byte[] chunk = NOTHING;
    private int at;
    private int line = 1;
    private boolean isArray;
    private boolean isBegun;
    private boolean isEnded;

    /** Of the line that is being read, or of the array; null where the rest of it is passed over. */
    private @Nullable ElementReader reader;

    private boolean isLineEnded;

    /** Only after {@link #next} has given all of what came before. */
    void feed(Buffer bytes) {
        chunk = bytes.getBytes();
        at = 0;
        if (!isBegun) begin();
    }

    /** There are no more bytes. */
    void end() {
        chunk = NOTHING;
        at = 0;
        isEnded = true;
    }

    /** The next item; null where there is none without more bytes. */
    @Nullable Item next() {
        while (true) {
            var item = pulled();
            if (item != null) return item;
            if (isLineEnded) nextLine();
            if (!feedReader()) return null;
        }
    }

    private void begin() {
        while (at < chunk.length && isBlank(chunk[at])) if (chunk[at++] == '\n') line++;
        if (at == chunk.length) return;
        isBegun = true;
        isArray = chunk[at] == '[';
        reader = isArray ? array() : ofLine();
    }

    // The mark that some editors put in front of UTF-8 is no blank and nowhere else allowed.
    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n' || isMark(character);
    }

    private static boolean isMark(byte character) {
        return character == (byte) 0xef || character == (byte) 0xbb || character == (byte) 0xbf;
    }

    private @Nullable Item pulled() {
        if (reader == null) return null;
        try {
            return reader.pull();
        } catch (IOException | RuntimeException broken) {
            return broken(reader.line(), broken);
        }
    }

    private Item broken(int where, Exception failure) {
        reader = null;
        var detail = Failure.notJson(failure);
        return new Item.Broken(where, isArray ? detail + "; what follows was not read" : detail);
    }

    private void nextLine() {
        line++;
        isLineEnded = false;
        reader = ofLine();
    }

    private boolean feedReader() {
        if (at == chunk.length) return endReader();
        int end = isArray ? chunk.length : endOfLine();
        try {
            if (reader != null) reader.feed(chunk, at, end);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        isLineEnded = end < chunk.length;
        if (isLineEnded && reader != null) reader.end();
        at = isLineEnded ? end + 1 : end;
        return true;
    }

    // A last line need not end in a line break.
    private boolean endReader() {
        if (!isEnded) return false;
        isEnded = false;
        if (reader != null) reader.end();
        return true;
    }

    private int endOfLine() {
        int end = at;
        while (end < chunk.length && chunk[end] != '\n') end++;
        return end;
    }

    private ElementReader ofLine() {
        try {
            return ElementReader.ofLine(line);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ElementReader array() {
        try {
            return ElementReader.ofArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
