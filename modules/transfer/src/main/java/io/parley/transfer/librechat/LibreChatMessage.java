package io.parley.transfer.librechat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.Message.Role;
import io.parley.transfer.sources.Attachments;
import io.parley.transfer.sources.ContentBlocks;
import io.parley.transfer.sources.EmbeddedJson;
import io.parley.transfer.sources.Feedback;
import io.parley.transfer.sources.MessageBuilder;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.ThinkingText;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One message of LibreChat: a text, or a list of parts. */
final class LibreChatMessage {
    private final JsonNode message;
    private final boolean isUsers;
    private final ContentBlocks blocks;

    LibreChatMessage(JsonNode message) {
        this.message = message;
        this.isUsers = message.has("isCreatedByUser")
                ? message.path("isCreatedByUser").asBoolean()
                : message.path("sender").asText().equalsIgnoreCase("user");
        this.blocks = new ContentBlocks(isUsers ? Role.USER : Role.ASSISTANT);
    }

    ContentBlocks.Split read() {
        SourceFields.stream(message.path("content")).forEach(this::addPart);
        if (!blocks.hasText()) addText(message.path("text").asText());
        for (var list : new String[] {"files", "attachments"})
            SourceFields.stream(message.path(list))
                    .forEach(file -> blocks.last().attachment(Attachments.of(file)));
        var split = blocks.split();
        if (!isUsers) split.messages().forEach(this::describe);
        return split;
    }

    private void addPart(JsonNode part) {
        switch (part.path("type").asText()) {
            case "tool_call" -> addCall(part.path("tool_call"));
            case "error" -> blocks.text(Objects.requireNonNullElse(SourceFields.text(part, "error", "text"), ""));
            case "agent_update" -> {}
            default -> blocks.add(part);
        }
    }

    private void addCall(JsonNode call) {
        var function = call.path("function");
        var id = Objects.requireNonNullElse(SourceFields.text(call, "id"), "call_" + blocks.size());
        var name = SourceFields.text(call, "name");
        if (name == null) name = Objects.requireNonNullElse(SourceFields.text(function, "name"), "tool");
        blocks.call(
                id, name, EmbeddedJson.arguments(call.has("args") ? call.path("args") : function.path("arguments")));
        var output = call.hasNonNull("output") ? call.path("output") : function.path("output");
        if (!output.isMissingNode() && !output.isNull()) blocks.result(id, name, ContentBlocks.resultText(output));
    }

    private void addText(String text) {
        var thinking = isUsers ? new ThinkingText(null, text) : ThinkingText.of(text);
        if (thinking.reasoning() != null) blocks.thinking(thinking.reasoning());
        blocks.text(thinking.answer());
    }

    private void describe(MessageBuilder answer) {
        if (answer.role() != Role.ASSISTANT) return;
        answer.model(SourceFields.text(message, "model")).feedback(feedback());
        if (message.path("error").asBoolean()) answer.incomplete("failed");
        else if (message.path("unfinished").asBoolean()) answer.incomplete("cancelled");
    }

    private @Nullable Feedback feedback() {
        var given = message.path("feedback");
        return switch (given.path("rating").asText().toLowerCase(Locale.ROOT)) {
            case "thumbsup" -> new Feedback(Rating.UP, SourceFields.text(given, "text"));
            case "thumbsdown" -> new Feedback(Rating.DOWN, SourceFields.text(given, "text"));
            default -> null;
        };
    }
}
