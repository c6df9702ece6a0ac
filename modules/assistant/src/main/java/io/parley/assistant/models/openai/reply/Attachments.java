package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Json;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a provider attached to an answer and wants to be sent again with it.
 *
 * @param message members of the message, as they came
 * @param calls members of each tool call, as they came
 * @param reasoningNames the members in which the reasoning came, if it is to be sent again
 * @param inContent how the reasoning came within the content, if it is to be sent again
 */
public record Attachments(
        ObjectNode message, List<ObjectNode> calls, List<String> reasoningNames, InContent inContent) {
    private static final JsonMapper mapper = new JsonMapper();

    public enum InContent {
        NOT,
        /** As a part of the type {@code thinking}. */
        PART,
        /** Between {@code <think>} and {@code </think>}. */
        TAGS
    }

    boolean isEmpty() {
        return message.isEmpty()
                && calls.stream().allMatch(ObjectNode::isEmpty)
                && reasoningNames.isEmpty()
                && inContent == InContent.NOT;
    }

    // An unpaired surrogate could be neither stored nor sent. NUL is escaped.
    Json toJson() {
        try {
            return new Json(StorableText.storable(mapper.writeValueAsString(this)));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static Attachments of(Json stored) {
        try {
            return mapper.readValue(stored.text(), Attachments.class);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
