package io.parley.kernel;

/** The reply to a request that only had to be done. */
public record None() {
    public static final None NONE = new None();
}
