package io.parley.kernel.cluster;

import java.util.Set;
import java.util.UUID;

/**
 * What a node tells the others of itself, several times in every second.
 *
 * @param name for people to read
 * @param addresses at which it answers
 * @param leaving whether it answers only what it has been asked already
 */
public record Heartbeat(UUID node, String name, Set<String> addresses, boolean leaving) {
    boolean answersAt(String address) {
        return !leaving && addresses.contains(address);
    }
}
