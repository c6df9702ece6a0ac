package io.parley.storage.connections;

import java.time.Duration;

/**
 * The deadlines of the database. Each deadline of the chain is longer than the one before, so that the part nearest to a
 * failure reports it: statement 5 s, socket 8 s, bus 10 s, HTTP 12 s. The last two are defined where they are used. The
 * wait for a connection and the statement together are shorter than the deadline of the bus.
 */
public final class DatabaseDeadlines {
    /** The server cancels a statement after this time. */
    public static final Duration STATEMENT = Duration.ofSeconds(5);

    /**
     * A connection without traffic is closed after this time. Without it, a half-open network left the pool dead even
     * after the network had recovered.
     */
    static final Duration SOCKET = Duration.ofSeconds(8);

    /** A statement that waits for a connection fails as unavailable after this time. */
    public static final Duration WAIT = Duration.ofSeconds(4);

    /**
     * A statement on a replica waits this long for a lock, and then goes to the primary. Locks there come from the primary's log, such as that
     * of a migration.
     */
    static final Duration REPLICA_LOCK = Duration.ofMillis(500);

    private DatabaseDeadlines() {}
}
