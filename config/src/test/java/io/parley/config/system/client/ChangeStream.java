package io.parley.config.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that reads server-sent events as a browser does. */
public final class ChangeStream implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final Event END = new Event("end", Json.object());

    public record Event(String type, JsonNode data) {}

    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> places = new LinkedBlockingQueue<>();
    private volatile @Nullable String place;

    private ChangeStream(InputStream body) {
        this.body = body;
        var reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    /** Follows the changes of this user's data from now on. */
    public static ChangeStream of(URI server, TestUser person) {
        return of(server, person, null);
    }

    /** Continues after the event with this id. */
    public static ChangeStream of(URI server, TestUser person, @Nullable String place) {
        var request = HttpRequest.newBuilder(server.resolve("/api/v1/events"))
                .header("Authorization", "Bearer " + person.accessToken());
        if (place != null) request.header("Last-Event-ID", place);
        try {
            var client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            return new ChangeStream(response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var type = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) arrive(line.substring("id: ".length()));
                if (line.startsWith("event: ")) type = line.substring("event: ".length());
                if (line.startsWith("data: "))
                    events.add(new Event(type, Json.read(line.substring("data: ".length()))));
            }
        } catch (IOException closed) {
            // Closed by the test or by the server.
        }
        events.add(END);
    }

    private void arrive(String id) {
        place = id;
        places.add(id);
    }

    /** Returns the next event of this type and skips others. */
    public JsonNode next(String type) {
        while (true) {
            var event = take();
            if (event.type().equals(type)) return event.data();
            assertThat(event).as("waiting for %s", type).isNotEqualTo(END);
        }
    }

    public Event take() {
        return poll(events);
    }

    /** Waits until the server ends the stream. */
    public void awaitEnd() {
        var event = take();
        while (!event.equals(END)) event = take();
    }

    /** The id of the last event; waits for the first one. */
    public String lastEventId() {
        if (place == null) poll(places);
        return String.valueOf(place);
    }

    private static <T> T poll(BlockingQueue<T> queue) {
        try {
            var next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new AssertionError("nothing was told in time");
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
