package io.parley.broken.config;

/** The root package, which may know all others. */
public record Main() {}
