package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.openai.reply.Attachments.InContent;
import io.parley.kernel.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a provider attaches to an answer for itself, piece by piece. */
final class AttachmentCollector {
    /** Larger state is not kept; the largest that was reported, of encrypted reasoning, had some ten thousand bytes. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final String EXTRA_CONTENT = "extra_content";

    /** Lists of blocks, some of them with signatures: OpenRouter's and LiteLLM's. */
    private static final List<String> BLOCK_LISTS = List.of("reasoning_details", "thinking_blocks");

    private final ObjectNode extra = JsonNodeFactory.instance.objectNode();
    private final ObjectNode blocks = JsonNodeFactory.instance.objectNode();
    private final Set<String> reasoningNames = new LinkedHashSet<>();
    private boolean hasThinkingParts;
    private int characters;

    /** @param part a delta, or a whole message */
    void add(JsonNode part) {
        var more = part.path(EXTRA_CONTENT);
        if (!more.isMissingNode() && !more.isNull() && hasRoomFor(more)) merge(extra, EXTRA_CONTENT, more);
        for (var name : BLOCK_LISTS)
            for (var block : part.path(name))
                if (block instanceof ObjectNode object && hasRoomFor(object)) addBlock(blocks.withArray(name), object);
    }

    private boolean hasRoomFor(JsonNode more) {
        characters += more.toString().length();
        return characters <= MAX_BYTES;
    }

    private static void merge(ObjectNode into, String name, JsonNode value) {
        if (into.get(name) instanceof ObjectNode known && value instanceof ObjectNode more)
            more.properties().forEach(member -> merge(known, member.getKey(), member.getValue()));
        else into.set(name, value);
    }

    private static void addBlock(ArrayNode blocks, ObjectNode piece) {
        if (blocks.get(blocks.size() - 1) instanceof ObjectNode last && ReasoningBlock.isContinuedBy(last, piece))
            ReasoningBlock.append(last, piece);
        else blocks.add(piece.deepCopy());
    }

    void addReasoningName(String name) {
        reasoningNames.add(name);
    }

    void addThinkingPart() {
        hasThinkingParts = true;
    }

    /**
     * What is to be sent again, or null. The reasoning of an answer without tool calls is not.
     *
     * @param calls what was attached to each call
     */
    @Nullable Json state(List<ObjectNode> calls, boolean hasThinkTags) {
        if (characters > MAX_BYTES) return null;
        boolean sendsReasoning = !calls.isEmpty();
        var message = extra.deepCopy();
        if (sendsReasoning) message.setAll(blocks);
        var state = new Attachments(
                message,
                calls,
                sendsReasoning ? List.copyOf(reasoningNames) : List.of(),
                sendsReasoning ? inContent(hasThinkTags) : InContent.NOT);
        if (state.isEmpty()) return null;
        var json = state.toJson();
        return json.bytes() > MAX_BYTES ? null : json;
    }

    private InContent inContent(boolean hasThinkTags) {
        if (hasThinkTags) return InContent.TAGS;
        return hasThinkingParts ? InContent.PART : InContent.NOT;
    }
}
