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

/** Posts messages one after the other to its own conversation, with ids of its own. */
final class MessageWriter {
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(60);

    private final String path;
    private final CountDownLatch goal;
    private final List<String> acknowledged = new ArrayList<>();
    private @Nullable String pending;

    /** @param goal counts the acknowledged messages of all writers */
    MessageWriter(ApiClient owner, CountDownLatch goal) {
        path = owner.post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
        this.goal = goal;
    }

    String path() {
        return path;
    }

    /** The ids of the acknowledged messages, in order. */
    List<String> acknowledged() {
        return acknowledged;
    }

    /** Posts until the connection breaks. */
    void postUntilFailure(ApiClient owner) {
        try {
            while (true) acknowledge(owner, UUID.randomUUID().toString());
        } catch (UncheckedIOException gone) {
            // The message in flight stays pending.
        }
    }

    /** Posts this many messages, each repeatedly until it is acknowledged. */
    void postUntilAcknowledged(ApiClient owner, int count) {
        for (int done = 0; done < count; done++) {
            pending = UUID.randomUUID().toString();
            repeatUntilAcknowledged(owner);
        }
    }

    /** Posts the pending message again, which may have been stored. */
    void repeat(ApiClient owner) {
        if (pending != null) acknowledge(owner, pending);
    }

    private void repeatUntilAcknowledged(ApiClient owner) {
        var deadline = Instant.now().plus(RETRY_TIMEOUT);
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
        owner.post(path, body(id)).expect(201);
        acknowledged.add(id);
        pending = null;
        goal.countDown();
    }

    private static String body(String id) {
        return "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"message " + id + "\"}";
    }
}
