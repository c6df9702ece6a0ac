package io.parley.assistant.models.openai.stream;

import io.parley.assistant.models.ModelFailure;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Splits bytes, which may be cut anywhere, into lines of UTF-8. A line ends in LF, CRLF or CR; a byte order mark in front of
 * the first one is removed.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">The standard</a>
 */
public final class LineSplitter {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int maxBytes;
    private final Consumer<String> onLine;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isFirst = true;
    private boolean isAfterCr;

    /** @param maxBytes of a line */
    public LineSplitter(int maxBytes, Consumer<String> onLine) {
        this.maxBytes = maxBytes;
        this.onLine = onLine;
    }

    /** Fails with a {@link ModelFailure} if a line is too long; the part that fits stays {@link #unfinished}. */
    public void read(Buffer buffer) {
        var bytes = buffer.getBytes();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\n' && bytes[at] != '\r') continue;
            // The CR of a CRLF has ended the line already, perhaps in an earlier buffer.
            boolean endsLine = bytes[at] == '\r' || !isAfterCr || at > from;
            if (endsLine) endLine(bytes, from, at);
            isAfterCr = bytes[at] == '\r';
            from = at + 1;
        }
        if (from < bytes.length) isAfterCr = false;
        append(bytes, from, bytes.length);
    }

    private void endLine(byte[] bytes, int from, int to) {
        append(bytes, from, to);
        var ended = unfinished();
        line.reset();
        isFirst = false;
        onLine.accept(ended);
    }

    private void append(byte[] bytes, int from, int to) {
        int room = maxBytes - line.size();
        line.write(bytes, from, Math.min(to - from, room));
        if (to - from > room) throw new ModelFailure(ModelFailure.Kind.TOO_LARGE);
    }

    /** The line so far that has not ended yet. */
    public String unfinished() {
        var text = line.toString(StandardCharsets.UTF_8);
        return isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
