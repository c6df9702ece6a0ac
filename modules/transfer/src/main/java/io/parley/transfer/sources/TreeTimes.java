package io.parley.transfer.sources;

import io.parley.kernel.Micros;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The times of the messages of a tree, each later than that of its parent. A message without a time gets its neighbour's: a
 * microsecond more than its parent's, or else a microsecond less than the first one's below it.
 */
final class TreeTimes {
    private final TreeLinks links;
    private final @Nullable Instant start;
    private final Map<String, Instant> earliest = new HashMap<>();
    private final Map<String, Instant> first = new HashMap<>();
    private final TreeMap<Instant, String> last = new TreeMap<>();
    private final Map<String, String> previous = new HashMap<>();

    TreeTimes(TreeLinks links, @Nullable Instant start) {
        this.links = links;
        this.start = start;
        for (var root : links.roots()) {
            var order = topDown(root);
            for (int place = order.size() - 1; place >= 0; place--) findEarliest(order.get(place));
        }
        for (var root : links.roots()) assign(topDown(root));
        for (var root : links.roots()) if (links.hasUnknownParent(root)) findPrevious(root);
    }

    /** The time of the node's first message. */
    Instant first(SourceNode node) {
        var time = first.get(node.id());
        return time == null ? Instant.EPOCH : time;
    }

    /** The message that the nodes below this root follow: that before it in time if its parent is unknown, else none. */
    @Nullable String previousId(SourceNode root) {
        return previous.get(root.id());
    }

    private List<SourceNode> topDown(SourceNode root) {
        var order = new ArrayList<SourceNode>();
        order.add(root);
        for (int place = 0; place < order.size(); place++) order.addAll(links.children(order.get(place)));
        return order;
    }

    // The parent is after its children in this order.
    private void findEarliest(SourceNode node) {
        if (!node.messages().isEmpty() && node.time() != null) keepEarliest(node, node.time());
        var time = earliest.get(node.id());
        var parent = links.parent(node);
        if (parent != null && time != null) keepEarliest(parent, time);
    }

    private void keepEarliest(SourceNode node, Instant time) {
        earliest.merge(node.id(), time, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void assign(List<SourceNode> topDown) {
        Map<String, Instant> above = new HashMap<>();
        for (var node : topDown) {
            var parent = links.parent(node);
            var floor = parent == null ? null : above.get(parent.id());
            if (node.messages().isEmpty()) {
                if (floor != null) above.put(node.id(), floor);
                continue;
            }
            var time = time(node, floor);
            if (floor != null && !time.isAfter(floor)) time = floor.plus(1, ChronoUnit.MICROS);
            first.put(node.id(), time);
            var end = time.plus(node.messages().size() - 1L, ChronoUnit.MICROS);
            above.put(node.id(), end);
            last.put(end, node.id());
        }
    }

    private Instant time(SourceNode node, @Nullable Instant floor) {
        if (node.time() != null) return node.time();
        if (floor != null) return floor.plus(1, ChronoUnit.MICROS);
        var below = earliest.get(node.id());
        if (below != null) return below.minus(node.messages().size(), ChronoUnit.MICROS);
        if (links.hasUnknownParent(node) && !last.isEmpty())
            return last.lastKey().plus(1, ChronoUnit.MICROS);
        return start == null ? Micros.truncate(Instant.now()) : start;
    }

    // All messages below the root are later than the first of them, so none of them is found here.
    private void findPrevious(SourceNode root) {
        topDown(root).stream()
                .filter(node -> !node.messages().isEmpty())
                .map(this::first)
                .min(Instant::compareTo)
                .map(last::lowerEntry)
                .ifPresent(entry -> previous.put(root.id(), entry.getValue()));
    }
}
