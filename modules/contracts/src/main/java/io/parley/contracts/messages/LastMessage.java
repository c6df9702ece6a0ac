package io.parley.contracts.messages;

import java.time.Instant;
import java.util.UUID;

/**
 * What a list of conversations shows of the last message of one.
 *
 * @param preview the first {@link #MAX_PREVIEW} characters; empty if it has no text, or is sealed and large
 */
public record LastMessage(UUID id, Message.Role role, String preview, Instant createdAt) {
    /** Characters (Unicode code points). */
    public static final int MAX_PREVIEW = 160;
}
