package io.parley.kernel;

/**
 * A typed address on the bus: its handler takes a {@code Q} and replies with an {@code R}. "Fails invalid" in the Javadoc of
 * an address or a method means that its future fails with a {@link Problem} of kind {@link Problem.Kind#INVALID}, or that the
 * method throws it if it returns no future; likewise "fails not-found" and the other kinds.
 */
public record Address<Q extends Record, R extends Record>(String name) {}
