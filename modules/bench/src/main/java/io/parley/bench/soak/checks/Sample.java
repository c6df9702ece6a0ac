package io.parley.bench.soak.checks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code samples.ndjson}.
 *
 * @param seconds since the traffic began
 * @param connections to the database, of all nodes
 * @param p50 of quick requests since the last sample in ms
 * @param statuses of all requests since the last sample; 0 is a broken connection
 * @param nodes those that run
 */
record Sample(
        Instant time,
        double seconds,
        long connections,
        double p50,
        double p99,
        Map<Integer, Long> statuses,
        List<NodeUsage> nodes) {
    /**
     * What a node uses.
     *
     * @param heap bytes after a collection; -1 if none was made for this sample
     * @param resident bytes
     */
    record NodeUsage(String name, long heap, long resident, long descriptors, long threads) {
        private JsonObject json() {
            return new JsonObject()
                    .put("name", name)
                    .put("heap_bytes", heap < 0 ? null : heap)
                    .put("resident_bytes", resident)
                    .put("descriptors", descriptors)
                    .put("threads", threads);
        }
    }

    JsonObject json() {
        var counts = new JsonObject();
        statuses.forEach((status, count) -> counts.put(String.valueOf(status), count));
        return new JsonObject()
                .put("time", time.toString())
                .put("seconds", Math.round(seconds))
                .put("connections", connections)
                .put("p50_ms", p50)
                .put("p99_ms", p99)
                .put("statuses", counts)
                .put("nodes", new JsonArray(nodes.stream().map(NodeUsage::json).toList()));
    }
}
