package io.parley.storage;

/**
 * How much of the server this process uses.
 *
 * @param size the most connections that are open at once
 * @param queue the most statements that wait for a connection; one more fails at once as unavailable
 * @param pooler whether the server is reached through a transaction pooler, where a prepared statement does not outlive
 *     its transaction and startup parameters such as statement_timeout are refused: set that one on the role instead
 */
public record PoolSettings(int size, int queue, boolean pooler) {
    public PoolSettings {
        if (size < 1) throw new IllegalArgumentException("the pool needs at least one connection");
        if (queue < 0) throw new IllegalArgumentException("the queue for a connection cannot be negative");
    }
}
