package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.Pointers;
import io.parley.transfer.sources.Attachments;
import io.parley.transfer.sources.EmbeddedJson;
import io.parley.transfer.sources.MessageBuilder;
import io.parley.transfer.sources.Roles;
import io.parley.transfer.sources.SourceFields;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message of a ChatGPT export: plain, a call of a tool, the document of a canvas, or a tool's result. */
final class ChatGptMessage {
    private static final String EVERYBODY = "all";

    private final String pointer;
    private final String id;
    private final JsonNode message;
    private final JsonNode metadata;
    private final ChatGptContent content;

    /** @param id of the node in the mapping */
    ChatGptMessage(String id, JsonNode message) {
        this.pointer = Pointers.member("/mapping", id) + "/message";
        this.id = id;
        this.message = message;
        this.metadata = message.path("metadata");
        this.content = new ChatGptContent(message.path("content"));
    }

    /** Empty if nothing is said in it, as at the root of a tree. Fails invalid if its role is unknown. */
    Optional<MessageBuilder> read(@Nullable String defaultModel) {
        if (content.isContext()) return Optional.empty();
        var text = ChatGptCitations.linked(content.text(), metadata);
        if (text.isBlank()
                && !content.hasAssets()
                && !metadata.path("attachments").isContainerNode()) return Optional.empty();
        var built = new MessageBuilder(Roles.of(
                pointer + "/author/role", message.path("author").path("role").asText()));
        if (built.role() == Role.ASSISTANT) built.model(model(defaultModel));
        fill(built, text);
        addAttachments(built);
        addMetadata(built);
        return built.isEmpty() ? Optional.empty() : Optional.of(built);
    }

    private @Nullable String model(@Nullable String defaultModel) {
        var slug = SourceFields.text(metadata, "model_slug", "default_model_slug");
        return slug == null ? defaultModel : slug;
    }

    private void fill(MessageBuilder built, String text) {
        var author = SourceFields.text(message.path("author"), "name");
        var recipient = message.path("recipient").asText(EVERYBODY);
        if (built.role() == Role.TOOL) built.append(text).result(null, author);
        else if (built.role() == Role.ASSISTANT && !recipient.equals(EVERYBODY)) fillCall(built, recipient, text);
        else
            built.append(content.isCode() ? content.fenced(text) : text)
                    .put("name", message.path("author").get("name"));
    }

    private void fillCall(MessageBuilder built, String tool, String text) {
        var canvas = ChatGptCanvas.of(tool, text);
        if (canvas.isEmpty()) {
            built.call(id, tool, EmbeddedJson.arguments(JsonNodeFactory.instance.textNode(text)));
            return;
        }
        var document = canvas.get();
        built.canvas(document.text(), document.name(), document.type());
        built.call(id, tool, document.withoutText());
    }

    // Pictures are attachments of the message and pointers in its content at the same time.
    private void addAttachments(MessageBuilder built) {
        Set<String> named = new HashSet<>();
        SourceFields.stream(metadata.path("attachments")).forEach(attachment -> {
            built.attachment(Attachments.of(attachment));
            named.add(attachment.path("id").asText());
        });
        for (var asset : content.assetPointers())
            if (!named.contains(asset.replaceFirst("^[a-z-]+://", ""))) built.attachment(Attachments.named(asset));
    }

    private void addMetadata(MessageBuilder built) {
        var type = content.type();
        if (!type.equals("text")) built.put("content_type", JsonNodeFactory.instance.textNode(type));
        if (metadata.path("is_visually_hidden_from_conversation").asBoolean())
            built.put("hidden", JsonNodeFactory.instance.booleanNode(true));
        if (metadata.path("canvas") instanceof ObjectNode canvas && built.role() == Role.TOOL)
            built.put("canvas", canvas);
        content.otherParts().ifPresent(parts -> built.put("parts", parts));
        var end = metadata.path("finish_details").path("type").asText();
        if (end.equals("max_tokens")) built.incomplete("length");
        else if (end.equals("interrupted") || message.path("status").asText().equals("in_progress"))
            built.incomplete("cancelled");
    }
}
