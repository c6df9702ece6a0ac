package io.parley.gateway.limits;

import io.parley.contracts.limits.RequestCounts;
import io.parley.contracts.limits.RequestCounts.Group;
import io.parley.kernel.Bus;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** What this node has let through and has not told the other nodes yet. Without a cluster it keeps nothing. */
final class SharedCounts {
    /** More often than a second, because until then every node lets a whole rate through. */
    private static final long INTERVAL_MILLIS = 250;

    private final UUID node = UUID.randomUUID();
    private final boolean isClustered;
    private final ConcurrentMap<Counted, Integer> counts = new ConcurrentHashMap<>();

    private record Policy(String limit, Rates rates) {}

    private record Counted(Policy policy, Object key) {}

    SharedCounts(boolean isClustered) {
        this.isClustered = isClustered;
    }

    void add(String limit, Rates rates, Object key) {
        if (isClustered) counts.merge(new Counted(new Policy(limit, rates), key), 1, Integer::sum);
    }

    /** Publishes them again and again while the calling verticle is deployed. */
    void publishAlways(Vertx vertx, Bus bus) {
        if (isClustered) vertx.setPeriodic(INTERVAL_MILLIS, tick -> publish(bus));
    }

    private void publish(Bus bus) {
        if (counts.isEmpty()) return;
        Map<Policy, Map<String, Integer>> taken = new HashMap<>();
        for (var counted : counts.keySet()) {
            var count = counts.remove(counted);
            if (count != null)
                taken.computeIfAbsent(counted.policy(), policy -> new HashMap<>())
                        .put(counted.key().toString(), count);
        }
        bus.publish(
                RequestCounts.COUNTED,
                new RequestCounts(
                        node,
                        taken.entrySet().stream()
                                .map(each -> group(each.getKey(), each.getValue()))
                                .collect(Collectors.toList())));
    }

    private static Group group(Policy policy, Map<String, Integer> counts) {
        return new Group(policy.limit(), policy.rates().toString(), counts);
    }

    boolean isOwn(RequestCounts notice) {
        return notice.node().equals(node);
    }
}
