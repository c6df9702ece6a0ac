package io.parley.contracts.messages;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place of a message among the live messages with the same parent, oldest first.
 *
 * @param position from 1
 * @param previous null if this is the oldest
 * @param next null if this is the newest
 */
public record Siblings(
        int position,
        int count,
        @Nullable UUID previous,
        @Nullable UUID next) {
    /** Of a message that is alone, or in the trash. */
    public static final Siblings ALONE = new Siblings(1, 1, null, null);
}
