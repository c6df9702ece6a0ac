package io.parley.transfer.sources;

import org.jspecify.annotations.Nullable;

/** What the user thought of an answer. */
public record Feedback(Rating rating, @Nullable String comment) {
    public enum Rating {
        UP,
        DOWN
    }
}
