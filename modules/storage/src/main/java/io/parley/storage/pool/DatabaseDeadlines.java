package io.parley.storage.pool;

import java.time.Duration;

/**
 * How long the database may take. They are links of a chain in which each outlasts the one before it, so that whoever
 * is nearest to a failure tells of it: statement 5 s, socket 8 s, bus 10 s, HTTP 12 s. The last two live where they are
 * used. The wait for a connection and the statement on it fit into the bus's together.
 */
public final class DatabaseDeadlines {
    /** After this the server itself ends a statement. */
    public static final Duration STATEMENT = Duration.ofSeconds(5);

    /**
     * After this without a byte a connection is given up. Without it a network that went half open leaves the pool dead
     * even after it has healed.
     */
    public static final Duration SOCKET = Duration.ofSeconds(8);

    /** After this whoever waits for a connection of the pool is told that there is none. */
    public static final Duration WAIT = Duration.ofSeconds(4);

    private DatabaseDeadlines() {}
}
