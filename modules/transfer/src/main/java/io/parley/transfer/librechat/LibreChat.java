package io.parley.transfer.librechat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.transfer.sources.Format;
import io.parley.transfer.sources.SourceConversation;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceNode;
import io.parley.transfer.sources.SourceTimes;
import io.parley.transfer.sources.SourceTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conversation of LibreChat, exported as a list of messages or, with its option "recursive", as nested ones. */
public final class LibreChat implements Format {
    private static final String ID = "conversationId";
    private static final String LIST = "messages";
    private static final String TREE = "messagesTree";
    private static final Set<String> KNOWN = Set.of(
            ID,
            LIST,
            TREE,
            "title",
            "options",
            "exportAt",
            "branches",
            "recursive",
            "createdAt",
            "updatedAt",
            "_id",
            "user");

    // The parent of a first message.
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @Override
    public boolean recognises(ObjectNode line) {
        return line.has(ID) && (line.path(LIST).isArray() || line.path(TREE).isArray());
    }

    @Override
    public SourceConversation read(ObjectNode line) {
        var created = SourceTimes.of(line.path("createdAt"));
        var tree = new SourceTree(nodes(line.path(line.has(TREE) ? TREE : LIST)), created);
        var options = line.path("options");
        var head = new SourceHead(
                SourceFields.text(line, ID),
                SourceFields.text(line, "title"),
                null,
                SourceFields.paragraphs(Arrays.asList(
                        SourceFields.text(options, "promptPrefix"),
                        SourceFields.text(options, "system", "instructions"))),
                null,
                SourceFields.text(options, "model"),
                null,
                SourceFields.rest(line, KNOWN).put("source", "librechat"),
                created,
                SourceTimes.of(line.path("updatedAt")));
        return new SourceConversation(head, tree.messages());
    }

    private record Nested(JsonNode message, @Nullable String parent) {}

    // Nested as deeply as the conversation is long, so not by recursion.
    private static List<SourceNode> nodes(JsonNode messages) {
        var nodes = new ArrayList<SourceNode>();
        Deque<Nested> open = new ArrayDeque<>();
        messages.forEach(message -> open.add(new Nested(message, null)));
        while (!open.isEmpty()) {
            var next = open.remove();
            var node = node(nodes.size(), next);
            nodes.add(node);
            SourceFields.stream(next.message.path("children"))
                    .filter(JsonNode::isObject)
                    .forEach(child -> open.add(new Nested(child, node.id())));
        }
        return nodes;
    }

    private static SourceNode node(int place, Nested nested) {
        var message = nested.message;
        var parent = SourceFields.text(message, "parentMessageId");
        boolean isRoot = NOBODY.equals(parent);
        var read = new LibreChatMessage(message).read();
        return new SourceNode(
                Objects.requireNonNullElse(SourceFields.text(message, "messageId", "_id"), "message " + place),
                Stream.of(isRoot ? null : parent, nested.parent)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                isRoot,
                SourceFields.texts(message.path("children")),
                read.messages(),
                read.reasoning(),
                SourceTimes.of(message.path("createdAt")));
    }
}
