package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import org.jspecify.annotations.Nullable;

/**
 * A user's feedback on an answer. Fails invalid if the comment is too long.
 *
 * @param comment at most {@link #MAX_COMMENT} characters
 */
public record Feedback(Rating rating, @Nullable String comment) {
    /** In characters (Unicode code points). */
    public static final int MAX_COMMENT = 2000;

    public Feedback {
        Limits.checkText("/comment", comment, MAX_COMMENT);
    }

    public enum Rating {
        UP,
        DOWN
    }
}
