package io.parley.gateway.connections;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * At most one deadline for each connection and, in HTTP/2, for each answer as well: a router wraps requests, but not their answers.
 * Checking all of them a few times per second costs less than timers for every request. For one event loop only.
 */
public final class Deadlines {
    private final Duration grace;
    private final Map<Object, Deadline> deadlines = new HashMap<>();

    private record Deadline(long nanoTime, Runnable onMissed) {}

    /** @param grace so long after a missed deadline the connection, or the stream of the answer, is closed unless it has a new one */
    public Deadlines(Duration grace) {
        this.grace = grace;
    }

    /** Starts the first deadline of a connection. */
    public void open(HttpConnection connection, Duration time, Runnable onMissed) {
        deadlines.put(connection, deadline(time, onMissed));
    }

    void open(HttpServerResponse answer, Duration time, Runnable onMissed) {
        deadlines.put(answer, deadline(time, onMissed));
    }

    public boolean has(HttpConnection connection) {
        return deadlines.containsKey(connection);
    }

    /**
     * Starts another deadline in place of the last one. What has been closed in the meantime gets none.
     *
     * @param key a connection or an answer
     */
    public void set(Object key, Duration time, Runnable onMissed) {
        deadlines.computeIfPresent(key, (open, previous) -> deadline(time, onMissed));
    }

    private static Deadline deadline(Duration time, Runnable onMissed) {
        return new Deadline(System.nanoTime() + time.toNanos(), onMissed);
    }

    /** @param key a connection or an answer */
    public void remove(Object key) {
        deadlines.remove(key);
    }

    /** Runs what is to be done for each deadline that has been missed. */
    public void check() {
        long now = System.nanoTime();
        var missed = deadlines.entrySet().stream()
                .filter(entry -> entry.getValue().nanoTime() - now < 0)
                .map(Map.Entry::copyOf)
                .toList();
        for (var entry : missed) {
            var key = entry.getKey();
            set(key, grace, () -> close(key));
            entry.getValue().onMissed().run();
        }
    }

    private static void close(Object key) {
        if (key instanceof HttpServerResponse answer) answer.reset(Http2Connections.INTERNAL_ERROR);
        else if (key instanceof HttpConnection connection) connection.close();
    }
}
