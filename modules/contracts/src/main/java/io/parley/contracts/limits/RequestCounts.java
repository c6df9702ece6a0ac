package io.parley.contracts.limits;

import io.parley.kernel.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The requests that a node has let through since its last notice.
 *
 * @param node that counted them; it ignores its own notice
 */
public record RequestCounts(UUID node, List<Group> groups) {
    /** Every node publishes what it has counted, and takes from its own buckets what the others have. A lost notice lets more through. */
    public static final Topic<RequestCounts> COUNTED = new Topic<>("limits.requests-counted");

    /**
     * The requests of one limit.
     *
     * @param limit such as {@code requests}
     * @param rates as {@link io.parley.kernel.limits.Rates} writes them
     * @param counts by user id or network
     */
    public record Group(String limit, String rates, Map<String, Integer> counts) {}
}
