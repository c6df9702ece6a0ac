package io.parley.assistant.models.openai;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events out of bytes, wherever they are cut, and gives the data of each. Names, ids and comments are
 * nothing to it. Lines end in LF or CRLF: a CR alone, which the standard knows too, nobody sends.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">The
 *     standard</a>
 */
final class SseReader implements Handler<Buffer> {
    /** In characters. The arguments of a tool call may come in one piece. */
    static final int MAX_EVENT = 1 << 20;

    private static final String FIELD = "data:";

    private final Consumer<String> events;
    private final RecordParser lines =
            RecordParser.newDelimited("\n", this::line).maxRecordSize(MAX_EVENT);
    private @Nullable StringBuilder data;

    SseReader(Consumer<String> events) {
        this.events = events;
    }

    /** Fails with an IllegalStateException where a line or an event is too long. */
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
        if (data.length() > MAX_EVENT) throw new IllegalStateException("an event is too long");
    }

    private void dispatch() {
        if (data == null) return;
        var event = data.toString();
        data = null;
        events.accept(event);
    }
}
