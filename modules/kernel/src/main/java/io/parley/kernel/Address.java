package io.parley.kernel;

/** A typed place on the bus: whoever answers it takes a {@code Q} and replies with an {@code R}. */
public record Address<Q extends Record, R extends Record>(String name) {}
