package io.parley.transfer.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.Message.Role;
import io.parley.transfer.sources.Attachments;
import io.parley.transfer.sources.ContentBlocks;
import io.parley.transfer.sources.EmbeddedJson;
import io.parley.transfer.sources.Feedback;
import io.parley.transfer.sources.MessageBuilder;
import io.parley.transfer.sources.Roles;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.ThinkingText;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message of Open WebUI, whose text holds reasoning and tool calls as HTML elements. */
final class OpenWebUiMessage {
    private final JsonNode message;
    private final ContentBlocks blocks;
    private final boolean isAnswer;

    /** Fails invalid, with this pointer, if the role is unknown. */
    OpenWebUiMessage(String pointer, JsonNode message) {
        var role = Roles.of(pointer + "/role", message.path("role").asText());
        this.message = message;
        this.blocks = new ContentBlocks(role);
        this.isAnswer = role == Role.ASSISTANT;
    }

    ContentBlocks.Split read() {
        var content = message.path("content");
        var output = message.path("output");
        if (content.isArray()) content.forEach(blocks::add);
        else if (content.asText().isBlank() && output.isArray()) output.forEach(this::addItem);
        else if (isAnswer) addAnswer(content.asText());
        else blocks.text(content.asText());
        SourceFields.stream(message.path("files")).forEach(file -> blocks.last().attachment(Attachments.of(file)));
        var split = blocks.split();
        split.messages().stream().filter(each -> each.role() == Role.ASSISTANT).forEach(this::describe);
        return split;
    }

    private void addAnswer(String text) {
        var cited = OpenWebUiSources.linked(text, message.path("sources"));
        for (var part : DetailsElement.split(cited)) {
            switch (part.type()) {
                case "" -> addText(part.content());
                case "reasoning" -> blocks.thinking(part.content());
                default -> addCall(part);
            }
        }
    }

    // Since 2026 an answer is kept as items of OpenAI's Responses API as well.
    private void addItem(JsonNode item) {
        var callId = SourceFields.text(item, "call_id", "id");
        switch (item.path("type").asText()) {
            case "message" -> item.path("content").forEach(blocks::add);
            case "reasoning" -> blocks.thinking(thought(item));
            case "function_call" ->
                blocks.call(
                        callId == null ? "call_" + blocks.size() : callId,
                        item.path("name").asText("tool"),
                        EmbeddedJson.arguments(item.path("arguments")));
            case "function_call_output" -> blocks.result(callId, null, ContentBlocks.resultText(item.path("output")));
            default -> blocks.add(item);
        }
    }

    private static @Nullable String thought(JsonNode item) {
        var parts = Stream.concat(SourceFields.stream(item.path("summary")), SourceFields.stream(item.path("content")));
        return SourceFields.paragraphs(parts.<@Nullable String>map(part -> SourceFields.text(part, "text"))
                .toList());
    }

    private void addText(String text) {
        var thinking = ThinkingText.of(text);
        if (thinking.reasoning() != null && !blocks.hasText()) {
            blocks.thinking(thinking.reasoning());
            blocks.text(thinking.answer());
        } else blocks.text(text);
    }

    private void addCall(DetailsElement call) {
        boolean isCode = call.type().equals("code_interpreter");
        var name = call.attribute("name").isEmpty() ? call.type() : call.attribute("name");
        var id = call.attribute("id").isEmpty() ? "call_" + blocks.size() : call.attribute("id");
        var arguments = isCode ? call.content() : decoded(call.attribute("arguments"));
        blocks.call(id, name, EmbeddedJson.arguments(JsonNodeFactory.instance.textNode(arguments)));
        if (call.attribute("done").equals("true"))
            blocks.result(id, name, decoded(call.attribute(isCode ? "output" : "result")));
    }

    // Some versions write a JSON text, some the text itself.
    private static String decoded(String attribute) {
        return EmbeddedJson.parse(attribute)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(attribute);
    }

    private void describe(MessageBuilder answer) {
        answer.model(SourceFields.text(message, "model")).feedback(feedback());
        if (!message.path("error").isMissingNode() && !message.path("error").isNull()) answer.incomplete("failed");
        else if (message.path("done").isBoolean() && !message.path("done").booleanValue())
            answer.incomplete("cancelled");
    }

    private @Nullable Feedback feedback() {
        var annotation = message.path("annotation");
        int rating = annotation.path("rating").asInt();
        return rating == 0
                ? null
                : new Feedback(
                        rating > 0 ? Rating.UP : Rating.DOWN, SourceFields.text(annotation, "comment", "reason"));
    }
}
