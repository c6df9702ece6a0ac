package io.parley.transfer.claude;

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
import java.util.Objects;
import java.util.Set;

/** The {@code conversations.json} of a Claude export. Since 2025 its messages name their parents; before, there were no branches. */
public final class Claude implements Format {
    private static final String MESSAGES = "chat_messages";
    private static final Set<String> KNOWN =
            Set.of(MESSAGES, "uuid", "name", "summary", "created_at", "updated_at", "model", "account");

    // The parent of a first message.
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    @Override
    public boolean recognises(ObjectNode line) {
        return line.has(MESSAGES);
    }

    @Override
    public SourceConversation read(ObjectNode line) {
        if (!line.path(MESSAGES).isArray()) throw Problem.invalid("/" + MESSAGES, "must be of type array");
        var created = SourceTimes.of(line.path("created_at"));
        var tree = new SourceTree(nodes(line.path(MESSAGES)), created);
        var head = new SourceHead(
                SourceFields.text(line, "uuid"),
                SourceFields.text(line, "name"),
                SourceFields.text(line, "summary"),
                null,
                null,
                SourceFields.text(line, "model"),
                null,
                SourceFields.rest(line, KNOWN).put("source", "claude"),
                created,
                SourceTimes.of(line.path("updated_at")));
        return new SourceConversation(head, tree.messages());
    }

    private static List<SourceNode> nodes(JsonNode messages) {
        var nodes = new ArrayList<SourceNode>();
        for (int place = 0; place < messages.size(); place++) nodes.add(node(place, messages.get(place)));
        return nodes;
    }

    private static SourceNode node(int place, JsonNode message) {
        var parent = SourceFields.text(message, "parent_message_uuid");
        boolean isRoot = NOBODY.equals(parent);
        var read = new ClaudeMessage("/" + MESSAGES + "/" + place, message).read();
        return new SourceNode(
                Objects.requireNonNullElse(SourceFields.text(message, "uuid"), "message " + place),
                isRoot ? null : parent,
                isRoot,
                List.of(),
                read.messages(),
                read.reasoning(),
                SourceTimes.of(message.path("created_at")));
    }
}
