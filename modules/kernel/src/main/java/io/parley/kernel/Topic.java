package io.parley.kernel;

/** A typed topic of events: every subscriber gets every {@code E} that is published, at best effort. */
public record Topic<E extends Record>(String name) {}
