package io.parley.kernel;

/** The reply of an answer that has nothing to say but that it is done. */
public record None() {
    public static final None NONE = new None();
}
