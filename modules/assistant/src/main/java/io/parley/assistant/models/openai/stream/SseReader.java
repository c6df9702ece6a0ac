package io.parley.assistant.models.openai.stream;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of lines, by the grammar of server-sent events. Beyond it, it understands what servers send in its place: a
 * whole JSON document, pretty-printed or not; lines of JSON without {@code data:}; and llama.cpp's {@code error:} field.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">The
 *     standard</a>
 */
public final class SseReader {
    private static final String DATA = "data";
    private static final String EVENT = "event";

    private final Consumer<StreamEvent> onEvent;
    private String name = "";
    private @Nullable StringBuilder data;
    private @Nullable StringBuilder document;
    private JsonProgress progress = new JsonProgress();

    public SseReader(Consumer<StreamEvent> onEvent) {
        this.onEvent = onEvent;
    }

    public void line(String line) {
        if (document != null) addToDocument(document, line);
        else if (line.isEmpty()) dispatch();
        else if (beginsDocument(line)) addToDocument(new StringBuilder(), line);
        else field(line);
    }

    // No field of the standard begins like that.
    private static boolean beginsDocument(String line) {
        var start = line.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private void addToDocument(StringBuilder begun, String line) {
        document = begun.append(line).append('\n');
        progress.add(line);
        if (progress.isWhole()) dispatchDocument(begun);
    }

    private void dispatchDocument(StringBuilder whole) {
        document = null;
        progress = new JsonProgress();
        onEvent.accept(StreamEvent.unnamed(whole.toString().strip()));
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        if (value.startsWith(" ")) value = value.substring(1);
        switch (field) {
            case DATA -> data = (data == null ? new StringBuilder() : data.append('\n')).append(value);
            case EVENT -> name = value;
            case StreamEvent.ERROR -> onEvent.accept(new StreamEvent(StreamEvent.ERROR, value));
            default -> {} // a comment, an id, the time before a reconnection, or what the standard ignores
        }
    }

    private void dispatch() {
        var event = data == null ? null : new StreamEvent(name, data.toString());
        name = "";
        data = null;
        if (event != null) onEvent.accept(event);
    }

    /**
     * The body has ended. The standard drops an event without an empty line behind it; here it counts if its data is whole,
     * because some servers forget that line.
     *
     * @param unfinished a last line without an end
     */
    public void end(String unfinished) {
        if (!unfinished.isEmpty()) line(unfinished);
        if (data != null && JsonProgress.of(data).isWhole()) dispatch();
    }

    /**
     * The data so far of an event that has not been dispatched.
     *
     * @param unfinished the beginning of a further line
     */
    public String unfinishedData(String unfinished) {
        if (document != null) return document + unfinished;
        var prefix = DATA + ":";
        var rest = unfinished.startsWith(prefix) ? unfinished.substring(prefix.length()) : unfinished;
        return data == null ? rest : data + "\n" + rest;
    }

    /** Characters that are held until their event is whole. */
    public int heldCharacters() {
        return (data == null ? 0 : data.length()) + (document == null ? 0 : document.length());
    }
}
