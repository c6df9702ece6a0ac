package io.parley.kernel;

import java.util.Set;
import java.util.UUID;

/**
 * What a node tells the others of itself, several times in every second.
 *
 * @param addresses at which it answers; none while it is about to leave
 */
record Presence(UUID node, Set<String> addresses) {
    static final Topic<Presence> TOLD = new Topic<>("bus.presence");
}
