package io.parley.transfer.sharegpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.Pointers;
import io.parley.transfer.sources.EmbeddedJson;
import io.parley.transfer.sources.Format;
import io.parley.transfer.sources.MessageBuilder;
import io.parley.transfer.sources.Roles;
import io.parley.transfer.sources.SourceConversation;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceNode;
import io.parley.transfer.sources.SourceTimes;
import io.parley.transfer.sources.SourceTree;
import io.parley.transfer.sources.ThinkingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A list of {@code {"from", "value"}} pairs, under whatever name: {@code conversations} and {@code items} are usual. */
public final class ShareGpt implements Format {
    private static final Set<String> KNOWN = Set.of("id", "title", "system");

    /** Whether this is what somebody says. */
    public static boolean isTurn(JsonNode json) {
        return json.has("from") && json.has("value");
    }

    @Override
    public boolean recognises(ObjectNode line) {
        return turns(line).isPresent();
    }

    @Override
    public SourceConversation read(ObjectNode line) {
        var turns = turns(line).orElseThrow();
        var rest = SourceFields.rest(line, KNOWN);
        rest.remove(turns.getKey());
        var head = new SourceHead(
                SourceFields.text(line, "id"),
                SourceFields.text(line, "title"),
                null,
                SourceFields.text(line, "system"),
                null,
                null,
                null,
                rest.put("source", "sharegpt"),
                null,
                null);
        return new SourceConversation(head, new SourceTree(nodes(turns), null).messages());
    }

    private static Optional<Map.Entry<String, JsonNode>> turns(ObjectNode line) {
        return line.properties().stream()
                .filter(field ->
                        field.getValue().isArray() && isTurn(field.getValue().path(0)))
                .findFirst();
    }

    private static List<SourceNode> nodes(Map.Entry<String, JsonNode> turns) {
        var nodes = new ArrayList<SourceNode>();
        var pointer = Pointers.member("", turns.getKey());
        for (var turn : turns.getValue()) {
            int place = nodes.size();
            nodes.add(new SourceNode(
                    "message " + place,
                    null,
                    false,
                    List.of(),
                    message(place, Pointers.member(pointer, place), turn),
                    null,
                    SourceTimes.of(turn.path("timestamp"))));
        }
        return nodes;
    }

    private static List<MessageBuilder> message(int place, String pointer, JsonNode turn) {
        var from = turn.path("from").asText();
        var message = new MessageBuilder(Roles.of(pointer + "/from", from));
        var value = turn.path("value").asText();
        if (from.equals("function_call")) call(message, "call_" + place, value);
        else if (message.role() == Role.ASSISTANT) {
            var thinking = ThinkingText.of(value);
            message.reasoning(thinking.reasoning()).append(thinking.answer());
        } else message.append(value);
        if (message.role() == Role.TOOL) message.result(null, null);
        return message.isEmpty() ? List.of() : List.of(message);
    }

    private static void call(MessageBuilder message, String id, String value) {
        var call = EmbeddedJson.object(value);
        var name = call.map(object -> SourceFields.text(object, "name")).orElse("function");
        var arguments = call.<JsonNode>map(object -> object.path("arguments")).orElseGet(() -> TextNode.valueOf(value));
        message.call(id, name, EmbeddedJson.arguments(arguments));
    }
}
