package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** One block of {@code reasoning_details} or {@code thinking_blocks}. Its text comes in pieces, its signature with the last. */
final class ReasoningBlock {
    private static final Set<String> TEXTS = Set.of("text", "summary", "thinking");

    static boolean isContinuedBy(ObjectNode block, ObjectNode piece) {
        boolean isText = TEXTS.stream().anyMatch(block::has) || TEXTS.stream().anyMatch(piece::has);
        return isText
                && block.path("type").equals(piece.path("type"))
                && block.path("index").equals(piece.path("index"))
                && !block.hasNonNull("signature");
    }

    static void append(ObjectNode block, ObjectNode piece) {
        piece.properties().forEach(member -> {
            var name = member.getKey();
            var value = member.getValue();
            if (TEXTS.contains(name) && value.isTextual() && block.path(name).isTextual())
                block.put(name, block.path(name).textValue() + value.textValue());
            else if (!value.isNull()) block.set(name, value);
        });
    }

    /** What the user may read of it; empty if it is encrypted. */
    static String text(JsonNode block) {
        for (var name : TEXTS)
            if (block.path(name).isTextual()) return block.path(name).textValue();
        return "";
    }

    private ReasoningBlock() {}
}
