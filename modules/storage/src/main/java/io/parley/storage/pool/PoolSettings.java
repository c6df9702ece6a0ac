package io.parley.storage.pool;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of the server this process uses.
 *
 * @param size the most connections that are open at once
 * @param queue the most statements that wait for a connection, those that are sent together counted as one; one more
 *     fails at once as unavailable
 * @param pooler whether the server is reached through a transaction pooler, where a prepared statement does not outlive
 *     its transaction and startup parameters such as statement_timeout are refused: set that one on the role instead
 * @param eventLoops among which they are divided
 */
public record PoolSettings(int size, int queue, boolean pooler, int eventLoops) {
    private static final int SMALLEST_PART = 4;

    public PoolSettings {
        if (size < 1) throw new IllegalArgumentException("the pool needs at least one connection");
        if (queue < 0) throw new IllegalArgumentException("the queue for a connection cannot be negative");
        if (eventLoops < 1) throw new IllegalArgumentException("there must be somebody to use the pool");
    }

    /** For a single event loop. */
    public PoolSettings(int size, int queue, boolean pooler) {
        this(size, queue, pooler, 1);
    }

    /** One part for each event loop, as far as there are enough connections: in a small part, all wait for a slow one. */
    List<PoolSettings> parts() {
        int parts = Math.max(1, Math.min(size / SMALLEST_PART, eventLoops));
        return IntStream.range(0, parts)
                .mapToObj(part -> new PoolSettings(part(size, part, parts), part(queue, part, parts), pooler))
                .toList();
    }

    // The first ones get what cannot be divided.
    private static int part(int whole, int part, int parts) {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }
}
