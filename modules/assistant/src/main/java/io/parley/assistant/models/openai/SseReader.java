package io.parley.assistant.models.openai;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from bytes that may be split anywhere, and passes on the data of each. Ignores event names, ids
 * and comments. Lines end in LF or CRLF; no provider is known to send a CR alone, which the standard also allows.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">The
 *     standard</a>
 */
final class SseReader implements Handler<Buffer> {
    /** In characters. Large, because the arguments of a tool call may come in one event. */
    static final int MAX_EVENT = 1 << 20;

    private static final String FIELD = "data:";

    private final Consumer<String> onEvent;
    private final RecordParser lines =
            RecordParser.newDelimited("\n", this::line).maxRecordSize(MAX_EVENT);
    private @Nullable StringBuilder data;

    SseReader(Consumer<String> onEvent) {
        this.onEvent = onEvent;
    }

    /** Throws {@link IllegalStateException} if a line or an event is too long. */
    @Override
    public void handle(Buffer bytes) {
        lines.handle(bytes);
    }

    private void line(Buffer bytes) {
        var line = bytes.toString(StandardCharsets.UTF_8);
        if (line.endsWith("\r")) line = line.substring(0, line.length() - 1);
        if (line.isEmpty()) dispatch();
        else if (line.startsWith(FIELD)) add(line.substring(FIELD.length()));
    }

    private void add(String value) {
        if (data == null) data = new StringBuilder();
        else data.append('\n');
        data.append(value, value.startsWith(" ") ? 1 : 0, value.length());
        if (data.length() > MAX_EVENT)
            throw new IllegalStateException("An event of a stream is longer than " + MAX_EVENT + " characters");
    }

    private void dispatch() {
        if (data == null) return;
        var event = data.toString();
        data = null;
        onEvent.accept(event);
    }
}
