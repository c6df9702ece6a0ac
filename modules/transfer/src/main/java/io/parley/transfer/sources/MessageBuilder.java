package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what an export says in several places about one message. */
public final class MessageBuilder {
    private static final JsonNodeFactory json = JsonNodeFactory.instance;

    private final Role role;
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable String> thoughts = new ArrayList<>();
    private final ArrayNode toolCalls = json.arrayNode();
    private final ArrayNode toolResults = json.arrayNode();
    private final ArrayNode attachments = json.arrayNode();
    private final ObjectNode metadata = json.objectNode();
    private @Nullable String model;
    private @Nullable Feedback feedback;

    public MessageBuilder(Role role) {
        this.role = role;
    }

    public Role role() {
        return role;
    }

    public boolean hasText() {
        return !text.toString().isBlank();
    }

    /** Adds a line or more. */
    public MessageBuilder line(String more) {
        if (!text.isEmpty()) text.append('\n');
        return append(more);
    }

    /** Continues the last line. */
    public MessageBuilder append(String more) {
        text.append(more);
        return this;
    }

    /** Adds a paragraph of reasoning. */
    public MessageBuilder reasoning(@Nullable String thought) {
        thoughts.add(thought);
        return this;
    }

    public MessageBuilder model(@Nullable String name) {
        model = name;
        return this;
    }

    public MessageBuilder feedback(@Nullable Feedback given) {
        feedback = given;
        return this;
    }

    /** @param arguments a JSON object, or a text: the arguments as the model wrote them */
    public MessageBuilder call(String id, String name, JsonNode arguments) {
        var call = toolCalls.addObject().put("id", id).put("type", "function");
        call.putObject("function")
                .put("name", name)
                .put("arguments", arguments.isTextual() ? arguments.textValue() : arguments.toString());
        return this;
    }

    /** @param callId null is the call before it on the branch */
    public MessageBuilder result(@Nullable String callId, @Nullable String name) {
        var result = toolResults.addObject();
        if (callId != null) result.put("tool_call_id", callId);
        if (name != null) result.put("name", name);
        return this;
    }

    public MessageBuilder attachment(ObjectNode attachment) {
        attachments.add(attachment);
        return this;
    }

    /** A text document that the assistant wrote beside the conversation; the document is the message's text. */
    public MessageBuilder canvas(String document, @Nullable String name, @Nullable String type) {
        metadata.putObject("canvas").put("name", name).put("type", type);
        return line(document);
    }

    public MessageBuilder put(String field, @Nullable JsonNode value) {
        if (value != null && !value.isNull() && !value.isMissingNode()) metadata.set(field, value);
        return this;
    }

    /** @param reason length, content_filter, failed or cancelled */
    public MessageBuilder incomplete(String reason) {
        metadata.put("status", "incomplete").put("reason", reason);
        return this;
    }

    /** Whether nobody says anything here; it may have reasoning for another message. */
    public boolean isEmpty() {
        return !hasText() && toolCalls.isEmpty() && toolResults.isEmpty() && attachments.isEmpty();
    }

    @Nullable String reasoning() {
        return SourceFields.paragraphs(thoughts);
    }

    /** The id of its last tool call. */
    @Nullable String lastCall() {
        return toolCalls.isEmpty()
                ? null
                : toolCalls.get(toolCalls.size() - 1).path("id").asText();
    }

    SourceMessage build(String id, @Nullable String parentId, Links links) {
        if (!attachments.isEmpty()) metadata.set("attachments", attachments);
        for (var result : toolResults)
            if (!result.has("tool_call_id") && links.openCall() != null)
                ((ObjectNode) result).put("tool_call_id", links.openCall());
        if (role == Role.TOOL && toolResults.isEmpty()) result(links.openCall(), null);
        return new SourceMessage(
                id,
                parentId,
                parentId == null,
                role,
                content(),
                null,
                links.reasoning(),
                null,
                model,
                toolCalls.isEmpty() || role != Role.ASSISTANT ? null : toolCalls,
                role == Role.TOOL ? toolResults : null,
                metadata,
                feedback,
                links.time(),
                null);
    }

    // A message needs a text; one that is only a picture has the picture's name.
    private @Nullable String content() {
        if (hasText()) return text.toString();
        if (!toolCalls.isEmpty() || role == Role.TOOL) return null;
        var names = new ArrayList<String>();
        attachments.forEach(attachment -> names.add(attachment.path("name").asText()));
        return names.isEmpty() ? null : "[" + String.join(", ", names) + "]";
    }

    /**
     * What a message gets from its place in the tree.
     *
     * @param reasoning its own and what nodes above it thought for it
     * @param openCall the id of the last tool call above it
     */
    record Links(@Nullable String reasoning, @Nullable String openCall, Instant time) {}
}
