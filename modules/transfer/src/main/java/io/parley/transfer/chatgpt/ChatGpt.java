package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Problem;
import io.parley.transfer.sources.Format;
import io.parley.transfer.sources.SourceConversation;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceNode;
import io.parley.transfer.sources.SourceTimes;
import io.parley.transfer.sources.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code conversations.json} of a ChatGPT export: {@code mapping} has the nodes of a tree by id. The format is not
 * documented; what is read here was seen in exports of 2023 to 2026.
 */
public final class ChatGpt implements Format {
    private static final String TREE = "mapping";
    private static final Set<String> KNOWN = Set.of(
            TREE,
            "title",
            "create_time",
            "update_time",
            "current_node",
            "conversation_id",
            "id",
            "default_model_slug",
            "safe_urls",
            "blocked_urls");

    @Override
    public boolean recognises(ObjectNode line) {
        return line.has(TREE);
    }

    @Override
    public SourceConversation read(ObjectNode line) {
        if (!(line.get(TREE) instanceof ObjectNode mapping))
            throw Problem.invalid("/" + TREE, "must be of type object");
        var defaultModel = SourceFields.text(line, "default_model_slug");
        var created = SourceTimes.of(line.path("create_time"));
        var tree = new SourceTree(nodes(mapping, defaultModel), created);
        var metadata = SourceFields.rest(line, KNOWN).put("source", "chatgpt");
        var instructions = new ChatGptInstructions(mapping);
        instructions.memory().ifPresent(memory -> metadata.put("model_set_context", memory));
        var head = new SourceHead(
                SourceFields.text(line, "conversation_id", "id"),
                SourceFields.text(line, "title"),
                null,
                instructions.text(),
                null,
                defaultModel,
                tree.messageAt(SourceFields.text(line, "current_node")),
                metadata,
                created,
                SourceTimes.of(line.path("update_time")));
        return new SourceConversation(head, tree.messages());
    }

    private static List<SourceNode> nodes(ObjectNode mapping, @Nullable String defaultModel) {
        var nodes = new ArrayList<SourceNode>();
        mapping.properties().forEach(entry -> nodes.add(node(entry.getKey(), entry.getValue(), defaultModel)));
        return nodes;
    }

    private static SourceNode node(String id, JsonNode node, @Nullable String defaultModel) {
        var message = node.path("message");
        var built = new ChatGptMessage(id, message).read(defaultModel);
        return new SourceNode(
                id,
                SourceFields.text(node, "parent"),
                node.path("parent").isNull(),
                SourceFields.texts(node.path("children")),
                built.map(List::of).orElse(List.of()),
                ChatGptContent.thoughts(message.path("content")),
                SourceTimes.of(message.path("create_time")));
    }
}
