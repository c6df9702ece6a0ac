package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Ids;
import io.parley.transfer.lines.MessageLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a conversation: {@code mapping} has the nodes by id, each with its parent, its children and, usually, a
 * message. Nodes with an empty message are left out; their children become replies to the nearest message above them.
 */
final class ChatGptTree {
    /**
     * A node that is still to be visited.
     *
     * @param parentId the nearest message above it
     * @param earliest later than the time of that message
     */
    private record Visit(String nodeId, @Nullable UUID parentId, Instant earliest) {}

    private record TimedMessage(MessageLine message, Instant time) {}

    private final ObjectNode mapping;
    private final List<TimedMessage> messages = new ArrayList<>();

    ChatGptTree(ObjectNode mapping) {
        this.mapping = mapping;
    }

    /** The messages ordered by time, each later than its parent. A message without a time follows its parent directly. */
    List<MessageLine> messages(Instant start) {
        visitAll(start);
        return messages.stream()
                .sorted(Comparator.comparing(TimedMessage::time))
                .map(TimedMessage::message)
                .toList();
    }

    private void visitAll(Instant start) {
        Deque<Visit> open = new ArrayDeque<>();
        Set<String> visited = new HashSet<>();
        mapping.properties().forEach(node -> {
            if (!mapping.has(node.getValue().path("parent").asText())) open.add(new Visit(node.getKey(), null, start));
        });
        while (!open.isEmpty()) {
            var visit = open.remove();
            if (!visited.add(visit.nodeId())) continue;
            var node = mapping.path(visit.nodeId());
            var added = add(node, visit);
            node.path("children")
                    .forEach(child -> open.add(new Visit(child.asText(), added.parentId(), added.earliest())));
        }
    }

    // Returns the parent and the earliest time for the node's children.
    private Visit add(JsonNode node, Visit visit) {
        var line = ChatGptMessage.toLine(node.path("message"));
        if (line == null) return visit;
        var ownTime = ChatGptConversation.time(node.path("message").path("create_time"));
        var time = ownTime != null && ownTime.isAfter(visit.earliest()) ? ownTime : visit.earliest();
        var id = Ids.parse(visit.nodeId()).orElseGet(Ids::next);
        line.put("id", id.toString())
                .put("created_at", time.toString())
                .put(
                        "parent_id",
                        visit.parentId() == null ? null : visit.parentId().toString());
        messages.add(new TimedMessage(MessageLine.of(line), time));
        return new Visit(visit.nodeId(), id, time.plus(1, ChronoUnit.MICROS));
    }
}
