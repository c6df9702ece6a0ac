package io.parley.transfer.sources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which node is above which. A node's own word counts more than its parent's. A ring is cut above its oldest message. If no
 * node is linked, each follows the one before it.
 */
final class TreeLinks {
    private static final Comparator<SourceNode> BY_TIME =
            Comparator.comparing(SourceNode::time, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Map<String, SourceNode> nodes = new LinkedHashMap<>();
    private final Map<String, SourceNode> parents = new HashMap<>();
    private final Map<String, List<SourceNode>> children = new HashMap<>();

    /** If two nodes have the same id, the first one counts. */
    TreeLinks(List<SourceNode> all) {
        all.forEach(node -> nodes.putIfAbsent(node.id(), node));
        nodes.values().forEach(node -> node.children().forEach(child -> linkUnlessSet(child, node)));
        nodes.values().forEach(this::linkToOwnParent);
        if (parents.isEmpty()) chain();
        else cutRings();
        for (var node : nodes.values()) {
            var parent = parents.get(node.id());
            if (parent != null)
                children.computeIfAbsent(parent.id(), id -> new ArrayList<>()).add(node);
        }
    }

    @Nullable SourceNode node(String id) {
        return nodes.get(id);
    }

    @Nullable SourceNode parent(SourceNode node) {
        return parents.get(node.id());
    }

    List<SourceNode> children(SourceNode node) {
        return children.getOrDefault(node.id(), List.of());
    }

    /** The nodes without a parent, in the order of the document. */
    List<SourceNode> roots() {
        return nodes.values().stream()
                .filter(node -> !parents.containsKey(node.id()))
                .toList();
    }

    /** Whether it has a parent that the document does not contain. */
    boolean hasUnknownParent(SourceNode node) {
        return node.parent() != null && !nodes.containsKey(node.parent()) && !parents.containsKey(node.id());
    }

    private void linkUnlessSet(String child, SourceNode parent) {
        if (nodes.containsKey(child)) parents.putIfAbsent(child, parent);
    }

    private void linkToOwnParent(SourceNode node) {
        var parent = node.parent() == null ? null : nodes.get(node.parent());
        if (parent != null) parents.put(node.id(), parent);
    }

    private void chain() {
        var ordered = new ArrayList<>(nodes.values());
        if (ordered.stream().noneMatch(node -> node.time() == null)) ordered.sort(BY_TIME);
        for (int place = 1; place < ordered.size(); place++) {
            var node = ordered.get(place);
            if (!node.isRoot() && node.parent() == null) parents.put(node.id(), ordered.get(place - 1));
        }
    }

    private void cutRings() {
        Set<String> checked = new HashSet<>();
        for (var node : nodes.values()) {
            Set<String> path = new HashSet<>();
            var above = node;
            while (above != null && !checked.contains(above.id()) && path.add(above.id()))
                above = parents.get(above.id());
            if (above != null && !checked.contains(above.id()))
                parents.remove(oldestOfRing(above).id());
            checked.addAll(path);
        }
    }

    private SourceNode oldestOfRing(SourceNode start) {
        List<SourceNode> ring = new ArrayList<>();
        var node = start;
        do {
            ring.add(node);
            node = parents.getOrDefault(node.id(), start);
        } while (!node.equals(start));
        Predicate<SourceNode> isEmpty = each -> each.messages().isEmpty();
        return ring.stream().filter(isEmpty.negate()).min(BY_TIME).orElse(start);
    }
}
