package io.parley.kernel;

/** A typed address on the bus: its handler takes a {@code Q} and replies with an {@code R}. */
public record Address<Q extends Record, R extends Record>(String name) {}
