package io.parley.transfer.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.transfer.sources.Format;
import io.parley.transfer.sources.SourceConversation;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceNode;
import io.parley.transfer.sources.SourceTimes;
import io.parley.transfer.sources.SourceTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A chat of Open WebUI: {@code chat.history} has the tree, {@code chat.messages} one branch of it. */
public final class OpenWebUi implements Format {
    private static final Set<String> KNOWN =
            Set.of("chat", "id", "user_id", "title", "created_at", "updated_at", "share_id");

    @Override
    public boolean recognises(ObjectNode line) {
        return line.path("chat").has("history") || line.path("chat").has("messages");
    }

    @Override
    public SourceConversation read(ObjectNode line) {
        var chat = line.path("chat");
        var tree = new SourceTree(nodes(chat), created(line));
        var title = SourceFields.text(line, "title");
        var head = new SourceHead(
                SourceFields.text(line, "id"),
                title == null ? SourceFields.text(chat, "title") : title,
                null,
                instructions(chat),
                null,
                SourceFields.texts(chat.path("models")).stream()
                        .filter(model -> !model.isBlank())
                        .findFirst()
                        .orElse(null),
                tree.messageAt(SourceFields.text(chat.path("history"), "currentId")),
                SourceFields.rest(line, KNOWN).put("source", "open-webui"),
                created(line),
                SourceTimes.of(line.path("updated_at")));
        return new SourceConversation(head, tree.messages());
    }

    private static @Nullable String instructions(JsonNode chat) {
        return SourceFields.paragraphs(
                Arrays.asList(SourceFields.text(chat, "system"), SourceFields.text(chat.path("params"), "system"))
                        .stream()
                        .distinct()
                        .toList());
    }

    private static @Nullable Instant created(ObjectNode line) {
        var created = SourceTimes.of(line.path("created_at"));
        return created == null ? SourceTimes.of(line.path("chat").path("timestamp")) : created;
    }

    private static List<SourceNode> nodes(JsonNode chat) {
        var nodes = new ArrayList<SourceNode>();
        var tree = chat.path("history").path("messages");
        if (tree instanceof ObjectNode byId && !byId.isEmpty())
            byId.properties()
                    .forEach(entry -> nodes.add(
                            node(entry.getKey(), "/chat/history/messages/" + entry.getKey(), entry.getValue())));
        else
            for (var message : chat.path("messages"))
                nodes.add(node(
                        Objects.requireNonNullElse(SourceFields.text(message, "id"), "message " + nodes.size()),
                        "/chat/messages/" + nodes.size(),
                        message));
        return nodes;
    }

    private static SourceNode node(String id, String pointer, JsonNode message) {
        var read = new OpenWebUiMessage(pointer, message).read();
        return new SourceNode(
                id,
                SourceFields.text(message, "parentId"),
                message.path("parentId").isNull(),
                SourceFields.texts(message.path("childrenIds")),
                read.messages(),
                read.reasoning(),
                SourceTimes.of(message.path("timestamp")));
    }
}
