package io.parley.kernel.cluster;

import java.util.Set;
import java.util.UUID;

/**
 * What a node reports to its peers, several times a second.
 *
 * @param name for logs
 * @param addresses that the node answers
 * @param leaving whether the node takes no new requests
 */
public record Heartbeat(UUID node, String name, Set<String> addresses, boolean leaving) {
    boolean answersAt(String address) {
        return !leaving && addresses.contains(address);
    }
}
