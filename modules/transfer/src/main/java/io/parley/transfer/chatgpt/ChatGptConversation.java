package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Times;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import io.parley.transfer.lines.MessageLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of a ChatGPT export. Its messages form a tree, of which all branches are kept.
 *
 * @param head the conversation's other fields, in the form of an import line
 * @param messages parents before their replies, ordered by time
 */
public record ChatGptConversation(ObjectNode head, List<MessageLine> messages) {
    /** The field that has the tree. Only conversations of ChatGPT have it. */
    public static final String TREE = "mapping";

    /** Fails invalid, pointing into the line. */
    public static ChatGptConversation of(ObjectNode line) {
        if (!(line.get(TREE) instanceof ObjectNode mapping))
            throw Problem.invalid("/" + TREE, "must be of type object");
        var start = time(line.path("create_time"));
        return new ChatGptConversation(
                head(line, start), new ChatGptTree(mapping).messages(start == null ? Instant.EPOCH : start));
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

    /** Converts seconds since 1970, with decimals. Returns null if the value is not a number or not a storable time. */
    static @Nullable Instant time(JsonNode seconds) {
        if (!seconds.isNumber()) return null;
        var micros =
                seconds.decimalValue().multiply(BigDecimal.valueOf(1_000_000)).setScale(0, RoundingMode.HALF_UP);
        if (micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) return null;
        var time = Micros.toInstant(micros.longValue());
        return Times.isStorable(time) ? time : null;
    }
}
