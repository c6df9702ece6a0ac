package io.parley.config.system.faults;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Posts one message after the other to a conversation of its own, under ids that it makes itself. */
final class MessageWriter {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String place;
    private final CountDownLatch goal;
    private final List<String> acknowledged = new ArrayList<>();
    private @Nullable String pending;

    /** @param goal counts what all writers have had acknowledged */
    MessageWriter(ApiClient owner, CountDownLatch goal) {
        place = owner.post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
        this.goal = goal;
    }

    String place() {
        return place;
    }

    /** In the order in which they were acknowledged. */
    List<String> acknowledged() {
        return acknowledged;
    }

    /** Posts until the server is gone. */
    void untilItFails(ApiClient owner) {
        try {
            while (true) acknowledge(owner, UUID.randomUUID().toString());
        } catch (UncheckedIOException gone) {
            // What it was about to say is still pending.
        }
    }

    /** Posts so many, each again and again until it is acknowledged. */
    void persistently(ApiClient owner, int count) {
        for (int done = 0; done < count; done++) {
            pending = UUID.randomUUID().toString();
            repeatUntilAcknowledged(owner);
        }
    }

    /** Posts the message again of which it is not known whether it was stored. */
    void repeat(ApiClient owner) {
        if (pending != null) acknowledge(owner, pending);
    }

    private void repeatUntilAcknowledged(ApiClient owner) {
        var deadline = Instant.now().plus(PATIENCE);
        while (pending != null) {
            try {
                repeat(owner);
            } catch (AssertionError | UncheckedIOException refused) {
                if (Instant.now().isAfter(deadline)) throw refused;
                Pause.briefly();
            }
        }
    }

    private void acknowledge(ApiClient owner, String id) {
        pending = id;
        owner.post(place, body(id)).expect(201);
        acknowledged.add(id);
        pending = null;
        goal.countDown();
    }

    private static String body(String id) {
        return "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"message " + id + "\"}";
    }
}
