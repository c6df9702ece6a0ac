package io.parley.kernel;

/**
 * A typed address on the bus: its handler takes a {@code Q} and replies with an {@code R}. "Fails
 * invalid" in the Javadoc of an address or a method means: the future fails with a {@link Problem} of kind
 * {@link Problem.Kind#INVALID}, or the method throws it if it returns no future. "Fails not-found" and the other kinds
 * likewise.
 */
public record Address<Q extends Record, R extends Record>(String name) {}
