package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Pause;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Creates tasks one after the other, each under its own key, repeated until it is acknowledged. */
final class TaskWriter {
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(90);

    private final CountDownLatch goal;
    private final List<String> acknowledged = new ArrayList<>();
    private @Nullable String pending;

    /** @param goal counts the acknowledged tasks of all writers */
    TaskWriter(CountDownLatch goal) {
        this.goal = goal;
    }

    /** The ids of the acknowledged tasks. */
    List<String> acknowledged() {
        return acknowledged;
    }

    /** Creates tasks until the connection breaks. */
    void createUntilFailure(ApiClient owner) {
        try {
            while (true) create(owner, UUID.randomUUID().toString());
        } catch (UncheckedIOException gone) {
            // The task in flight stays pending.
        }
    }

    void createUntilAcknowledged(ApiClient owner, int count) {
        for (int done = 0; done < count; done++) {
            pending = UUID.randomUUID().toString();
            repeat(owner);
        }
    }

    /** Repeats the pending task, which may have been created, until it is acknowledged. */
    void repeat(ApiClient owner) {
        var deadline = Instant.now().plus(RETRY_TIMEOUT);
        while (pending != null) {
            try {
                create(owner, pending);
            } catch (AssertionError | UncheckedIOException refused) {
                if (Instant.now().isAfter(deadline)) throw refused;
                Pause.briefly();
            }
        }
    }

    private void create(ApiClient owner, String key) {
        pending = key;
        var request = ApiRequest.of("POST", "/api/v1/tasks")
                .json("{\"title\":\"errand " + key + "\"}")
                .with("Idempotency-Key", key);
        var created = owner.send(request).expect(201).json();
        assertThat(created.get("title").asText()).endsWith(key);
        acknowledged.add(created.get("id").asText());
        pending = null;
        goal.countDown();
    }
}
