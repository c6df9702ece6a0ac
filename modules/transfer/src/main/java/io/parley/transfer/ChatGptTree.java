package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Times;
import io.parley.kernel.Ids;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * A conversation of a ChatGPT export, whose messages form a tree: {@code mapping} has the nodes by id, each with its
 * parent, its children and, mostly, a message. All branches are kept; a node that says nothing is left out, and what
 * replied to it replies to the nearest one above that does.
 *
 * @param head the rest of the conversation, as a line would have it
 * @param messages parents before their replies, in the order of their times
 */
record ChatGptTree(ObjectNode head, List<MessageForm> messages) {
    static final String MEMBER = "mapping";

    /** A node on the way down, with the nearest message above it and a time that is not before that one's. */
    private record Step(String key, @Nullable UUID above, Instant notBefore) {}

    private record Placed(MessageForm message, Instant at) {}

    /** Fails invalid, pointing into the line. */
    static ChatGptTree of(ObjectNode line) {
        if (!(line.get(MEMBER) instanceof ObjectNode mapping))
            throw Problem.invalid("/" + MEMBER, "must be of type object");
        var start = time(line.path("create_time"));
        var messages = placed(mapping, start == null ? Instant.EPOCH : start).stream()
                .sorted(Comparator.comparing(Placed::at))
                .map(Placed::message)
                .toList();
        return new ChatGptTree(head(line, start), messages);
    }

    private static ObjectNode head(ObjectNode line, @Nullable Instant start) {
        var head = line.objectNode();
        head.set("title", line.get("title"));
        head.set("id", line.hasNonNull("conversation_id") ? line.get("conversation_id") : line.path("id"));
        if (start != null) head.put("created_at", start.toString());
        var updated = time(line.path("update_time"));
        if (updated != null) head.put("updated_at", updated.toString());
        head.putObject("metadata").put("source", "chatgpt").set("current_node", line.get("current_node"));
        return head;
    }

    private static List<Placed> placed(ObjectNode mapping, Instant start) {
        var placed = new ArrayList<Placed>();
        Deque<Step> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        mapping.properties().forEach(node -> {
            if (!mapping.has(node.getValue().path("parent").asText())) open.add(new Step(node.getKey(), null, start));
        });
        while (!open.isEmpty()) {
            var step = open.remove();
            if (!seen.add(step.key())) continue;
            var node = mapping.path(step.key());
            var below = below(node, step, placed);
            node.path("children")
                    .forEach(child -> open.add(new Step(child.asText(), below.above(), below.notBefore())));
        }
        return placed;
    }

    // What the children of the node meet.
    private static Step below(JsonNode node, Step step, List<Placed> placed) {
        var message = ChatGptMessage.of(node.path("message"));
        if (message == null) return step;
        var own = time(node.path("message").path("create_time"));
        var at = own != null && own.isAfter(step.notBefore()) ? own : step.notBefore();
        var id = Ids.parse(step.key()).orElseGet(Ids::next);
        var json = message.json()
                .put("id", id.toString())
                .put("created_at", at.toString())
                .put("parent_id", step.above() == null ? null : step.above().toString());
        placed.add(new Placed(MessageForm.of(json), at));
        return new Step(step.key(), id, at.plus(1, ChronoUnit.MICROS));
    }

    /** In seconds since 1970, with decimals; null where it is none. */
    private static @Nullable Instant time(JsonNode seconds) {
        if (!seconds.isNumber()) return null;
        var micros =
                seconds.decimalValue().multiply(BigDecimal.valueOf(1_000_000)).setScale(0, RoundingMode.HALF_UP);
        if (micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) return null;
        var time = Micros.toInstant(micros.longValue());
        return Times.isStorable(time) ? time : null;
    }
}
