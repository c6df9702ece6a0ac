package io.parley.transfer.sources;

import io.parley.contracts.messages.Feedback.Rating;
import org.jspecify.annotations.Nullable;

/** The user's feedback on an answer; the comment may be too long. */
public record Feedback(Rating rating, @Nullable String comment) {}
