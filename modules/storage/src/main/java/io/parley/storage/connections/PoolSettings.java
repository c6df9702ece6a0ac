package io.parley.storage.connections;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of the connection pool of this process.
 *
 * @param size maximum number of open connections
 * @param queue maximum number of statements that wait for a connection, where a batch counts as one; any more fail at
 *     once as unavailable
 * @param pooler whether the server is reached through a transaction pooler, in which prepared statements do not outlive
 *     their transaction and startup parameters such as statement_timeout are refused: set that one on the role instead
 * @param eventLoops that the connections are divided among
 */
public record PoolSettings(int size, int queue, boolean pooler, int eventLoops) {
    private static final int SMALLEST_PART = 4;
    private static final int SYSTEM_CONNECTIONS = 2;

    public PoolSettings {
        if (size < 1) throw new IllegalArgumentException("the pool needs at least one connection");
        if (queue < 0) throw new IllegalArgumentException("the queue for a connection cannot be negative");
        if (eventLoops < 1) throw new IllegalArgumentException("the pool needs at least one event loop");
    }

    /** For a single event loop. */
    public PoolSettings(int size, int queue, boolean pooler) {
        this(size, queue, pooler, 1);
    }

    /** Of the connections for what crosses users, which is rare or in the background. */
    public PoolSettings ofSystem() {
        return new PoolSettings(SYSTEM_CONNECTIONS, queue, false, 1);
    }

    /** One part for each event loop if there are enough connections: in a small part, everything waits for a slow statement. */
    public List<PoolSettings> parts() {
        int parts = Math.max(1, Math.min(size / SMALLEST_PART, eventLoops));
        return IntStream.range(0, parts)
                .mapToObj(part -> new PoolSettings(part(size, part, parts), part(queue, part, parts), pooler))
                .toList();
    }

    // The first parts get the remainder.
    private static int part(int whole, int part, int parts) {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }
}
