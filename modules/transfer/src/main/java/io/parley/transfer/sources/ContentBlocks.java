package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits a message whose content is a list of blocks, as in Anthropic's Messages API and what resembles it, because one such
 * message may hold texts, calls of tools and their results in turn. A result ends a message; so does a document.
 */
public final class ContentBlocks {
    private final Role role;
    private final List<MessageBuilder> messages = new ArrayList<>();
    private MessageBuilder current;

    public ContentBlocks(Role role) {
        this.role = role;
        this.current = new MessageBuilder(role);
    }

    /** Blocks of unknown types are kept in the metadata. */
    public void add(JsonNode block) {
        var type = block.path("type").asText();
        switch (type) {
            case "text", "input_text", "output_text", "voice_note" -> addText(block);
            case "thinking", "think", "reasoning" -> thinking(thought(block));
            case "redacted_thinking", "token_budget", "flag" -> {}
            case "tool_use", "server_tool_use", "mcp_tool_use" -> addCall(block);
            case "image", "image_url", "image_file", "document", "file", "input_image", "input_file", "input_audio" ->
                current.attachment(Attachments.of(block));
            default -> {
                if (type.endsWith("tool_result")) addResult(block);
                else if (!block.isNull()) current.put(type.isEmpty() ? "block" : type, block);
            }
        }
    }

    /** Continues the text; after a call of a tool, with a new message. */
    public void text(String words) {
        if (current.lastCall() != null && !words.isBlank()) end();
        current.append(words);
    }

    public void call(String id, String name, JsonNode arguments) {
        current.call(id, name, arguments);
    }

    /** Adds the result of a call as a message of its own. */
    public void result(@Nullable String callId, @Nullable String name, String text) {
        end();
        messages.add(new MessageBuilder(Role.TOOL).result(callId, name).append(text));
    }

    public void thinking(@Nullable String thought) {
        if (current.hasText() || current.lastCall() != null) end();
        current.reasoning(thought);
    }

    public boolean hasText() {
        return current.hasText() || messages.stream().anyMatch(MessageBuilder::hasText);
    }

    /** The message that is being made. */
    public MessageBuilder last() {
        return current;
    }

    /** The number of messages that have ended. */
    public int size() {
        return messages.size();
    }

    /** All messages, without empty ones. */
    public Split split() {
        end();
        return new Split(messages, current.reasoning());
    }

    /** @param reasoning what was thought after the last of the messages */
    public record Split(
            List<MessageBuilder> messages, @Nullable String reasoning) {}

    private void end() {
        if (current.isEmpty()) return;
        messages.add(current);
        current = new MessageBuilder(role);
    }

    private void addText(JsonNode block) {
        var text = block.path("text");
        var words = text.isTextual() ? text.textValue() : text.path("value").asText();
        text(words);
        block.path("citations").forEach(this::cite);
        block.path("annotations").forEach(this::cite);
    }

    private void cite(JsonNode citation) {
        var details = citation.path("details").isObject() ? citation.path("details") : citation;
        var source = details.path("url_citation").isObject() ? details.path("url_citation") : details;
        var url = SourceFields.text(source, "url");
        if (url != null) current.append(MarkdownLink.of(SourceFields.text(source, "title"), url));
    }

    private static @Nullable String thought(JsonNode block) {
        for (var field : new String[] {"thinking", "think", "reasoning", "text"}) {
            var value = block.path(field).isObject() ? block.path(field).path("value") : block.path(field);
            if (value.isTextual() && !value.textValue().isBlank()) return value.textValue();
        }
        return null;
    }

    private void addCall(JsonNode block) {
        var name = Objects.requireNonNullElse(SourceFields.text(block, "name"), "tool");
        var id = Objects.requireNonNullElse(SourceFields.text(block, "id"), "call_" + messages.size());
        var input = block.path("input");
        if (name.equals("artifacts")
                && input instanceof ObjectNode document
                && document.path("content").isTextual()) addDocument(id, name, document);
        else call(id, name, EmbeddedJson.arguments(input));
    }

    // An artifact: a document beside the conversation.
    private void addDocument(String id, String tool, ObjectNode document) {
        end();
        var rest = document.deepCopy();
        rest.remove("content");
        current.canvas(
                document.path("content").asText(),
                SourceFields.text(document, "title", "id"),
                SourceFields.text(document, "type"));
        current.call(id, tool, rest);
    }

    private void addResult(JsonNode block) {
        result(
                SourceFields.text(block, "tool_use_id", "tool_call_id"),
                SourceFields.text(block, "name"),
                resultText(block.path("content")));
    }

    /** The text of a tool's result, which is a text, an object or a list of blocks. */
    public static String resultText(JsonNode content) {
        if (content.isTextual()) return content.textValue();
        if (content.isNull() || content.isMissingNode()) return "";
        if (!content.isArray()) return content.toString();
        return SourceFields.stream(content)
                .map(block -> block.path("text").isTextual() ? titled(block) : block.toString())
                .collect(Collectors.joining("\n"));
    }

    private static String titled(JsonNode block) {
        var source = MarkdownLink.of(SourceFields.text(block, "title"), SourceFields.text(block, "url"));
        return block.path("text").textValue() + source;
    }
}
