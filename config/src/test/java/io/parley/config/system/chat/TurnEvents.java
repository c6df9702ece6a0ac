package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the events of a turn from its stream. */
public final class TurnEvents {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Set<String> LAST = Set.of("turn.completed", "turn.failed", "turn.cancelled");

    public record Event(int id, String type, JsonNode data) {
        public boolean isLast() {
            return LAST.contains(type);
        }
    }

    private final Iterator<String> lines;
    private final Instant deadline = Instant.now().plus(LIMIT);

    public TurnEvents(ApiClient api, ApiRequest request) {
        this.lines = api.lines(request).iterator();
    }

    /** Waits for the next event; fails with {@link java.io.UncheckedIOException} if the connection breaks. */
    public Event next() {
        var id = 0;
        var type = "";
        while (lines.hasNext()) {
            var line = lines.next();
            // The server sends at least a comment every few seconds.
            assertThat(Instant.now()).as("the time for an event").isBefore(deadline);
            if (line.startsWith("id: ")) id = Integer.parseInt(line.substring("id: ".length()));
            if (line.startsWith("event: ")) type = line.substring("event: ".length());
            if (line.startsWith("data: ")) return new Event(id, type, Json.read(line.substring("data: ".length())));
        }
        throw new AssertionError("The stream has ended.");
    }

    /** Returns the events up to the first one of this type. */
    public List<Event> until(String type) {
        var events = new ArrayList<Event>();
        do events.add(next());
        while (!events.get(events.size() - 1).type().equals(type));
        return events;
    }

    /** Returns the remaining events; fails if anything follows the last one. */
    public List<Event> toTheEnd() {
        var events = new ArrayList<Event>();
        do events.add(next());
        while (!events.get(events.size() - 1).isLast());
        while (lines.hasNext()) assertThat(lines.next()).isEmpty();
        return events;
    }

    /** Joins the text of all deltas. */
    public static String text(List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals("content.delta"))
                .map(event -> event.data().get("text").asText())
                .collect(Collectors.joining());
    }
}
