package io.parley.transfer.sources;

import io.parley.contracts.messages.Message.Role;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a conversation, made of nodes that exports link in different ways, sometimes wrongly. See {@link TreeLinks} and
 * {@link TreeTimes} for what becomes of odd ones.
 */
public final class SourceTree {
    private final TreeLinks links;
    private final TreeTimes times;

    /** @param start the time of a tree in which no node has one; null is now */
    public SourceTree(List<SourceNode> nodes, @Nullable Instant start) {
        this.links = new TreeLinks(nodes);
        this.times = new TreeTimes(links, start);
    }

    /** The messages ordered by time, each later than its parent. */
    public List<SourceMessage> messages() {
        Deque<Visit> open = new ArrayDeque<>();
        for (var root : links.roots()) open.add(new Visit(root, times.previousId(root), null, null));
        List<SourceMessage> messages = new ArrayList<>();
        while (!open.isEmpty()) {
            var visit = open.remove();
            var below = add(visit, messages);
            for (var child : links.children(visit.node))
                open.add(new Visit(child, below.parentId, below.reasoning, below.openCall));
        }
        return messages.stream()
                .sorted(Comparator.comparing(message -> Objects.requireNonNull(message.createdAt())))
                .toList();
    }

    /** The id of the last message at this node; if it has none, of that above it. Null if there is no such node. */
    public @Nullable String messageAt(@Nullable String nodeId) {
        var node = nodeId == null ? null : links.node(nodeId);
        while (node != null && node.messages().isEmpty()) node = links.parent(node);
        return node == null ? null : node.id();
    }

    /**
     * A node that is still to be visited.
     *
     * @param parentId the last message above it
     * @param reasoning what was thought above it for an answer that has not come yet
     * @param openCall the last tool call above it
     */
    private record Visit(
            SourceNode node,
            @Nullable String parentId,
            @Nullable String reasoning,
            @Nullable String openCall) {}

    // Returns what the node's children are visited with.
    private Visit add(Visit visit, List<SourceMessage> messages) {
        var node = visit.node;
        var parentId = visit.parentId;
        var reasoning = SourceFields.paragraphs(Arrays.asList(visit.reasoning, node.reasoning()));
        var openCall = visit.openCall;
        var time = times.first(node);
        for (int part = 0; part < node.messages().size(); part++) {
            var message = node.messages().get(part);
            var id = part == node.messages().size() - 1 ? node.id() : node.id() + "#" + part;
            boolean isAnswer = message.role() == Role.ASSISTANT;
            var thoughts = isAnswer
                    ? SourceFields.paragraphs(Arrays.asList(reasoning, message.reasoning()))
                    : message.reasoning();
            messages.add(message.build(
                    id, parentId, new MessageBuilder.Links(thoughts, openCall, time.plusNanos(1000L * part))));
            if (isAnswer) reasoning = null;
            if (message.lastCall() != null) openCall = message.lastCall();
            parentId = id;
        }
        return new Visit(node, parentId, reasoning, openCall);
    }
}
