package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.Limits;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations.ImportedSettings;
import io.parley.contracts.files.FileNames;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.transfer.lines.LineNotes;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceMessage;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored of conversations and messages of a document: cut to the limits, with a note for whatever was cut. */
final class Drafts {
    // Levels. A value that is nested deeper could not be sent in a request.
    private static final int MAX_DEPTH = 100;

    private final LineNotes notes;

    private record Stored(
            @Nullable Json toolCalls, @Nullable Json toolResults, Json metadata) {}

    Drafts(LineNotes notes) {
        this.notes = notes;
    }

    /** An empty title counts as none. */
    ConversationDraft conversation(SourceHead head) {
        var title = head.title() == null || head.title().isEmpty() ? null : head.title();
        return new ConversationDraft(
                cut("title", title, Limits.TITLE),
                cut("description", head.description(), Limits.DESCRIPTION),
                stored(null, null, head.metadata()).metadata,
                null,
                null,
                null,
                head.place().tags(),
                head.encrypted());
    }

    ImportedSettings settings(SourceHead head, @Nullable UUID currentLeaf) {
        return new ImportedSettings(
                cut("instructions", head.instructions(), Limits.INSTRUCTIONS),
                cut("provider", head.provider(), Limits.PROVIDER),
                cut("model", head.model(), Limits.MODEL),
                currentLeaf,
                head.place().pinned(),
                head.place().archived());
    }

    /** Empty if nothing is said in it. */
    Optional<MessageDraft> message(SourceMessage source) {
        boolean isTool = source.role() == Role.TOOL;
        var content = cut("content", source.content(), Limits.CONTENT);
        var calls = source.role() == Role.ASSISTANT ? source.toolCalls() : null;
        var parts = parts(source.parts(), content);
        if ((content == null || content.isEmpty()) && calls == null && !isTool && !MessagePart.haveFile(parts)) {
            notes.add("a message without text was left out");
            return Optional.empty();
        }
        var results =
                isTool && source.toolResults() == null ? JsonNodeFactory.instance.arrayNode() : source.toolResults();
        var stored = stored(calls, isTool ? results : null, source.metadata());
        return Optional.of(new MessageDraft(
                null,
                null,
                source.role(),
                content,
                parts,
                source.tokenCount(),
                cut("model", source.model(), Limits.MODEL),
                stored.toolCalls,
                stored.toolResults,
                stored.metadata));
    }

    // The content may have been cut, and a name may be anything in a file that was written by hand.
    private static @Nullable List<MessagePart> parts(@Nullable List<MessagePart> parts, @Nullable String content) {
        if (parts == null) return null;
        var safe = parts.stream().map(Drafts::withSafeName).toList();
        return content == null ? safe : MessagePart.withContent(safe, content);
    }

    private static MessagePart withSafeName(MessagePart part) {
        return part.name() == null || part.mediaType() == null || part.size() == null
                ? part
                : MessagePart.file(part.requireFileId(), FileNames.clean(part.name()), part.mediaType(), part.size());
    }

    @Nullable String reasoning(SourceMessage source) {
        return cut("reasoning", source.reasoning(), Limits.CONTENT);
    }

    @Nullable Feedback feedback(io.parley.transfer.sources.@Nullable Feedback given) {
        return given == null
                ? null
                : new Feedback(given.rating(), cut("comment", given.comment(), Feedback.MAX_COMMENT));
    }

    private @Nullable String cut(String field, @Nullable String text, int limit) {
        if (text == null || text.codePointCount(0, text.length()) <= limit) return text;
        notes.add(field + " was cut to " + limit + " characters");
        return text.substring(0, text.offsetByCodePoints(0, limit));
    }

    private Stored stored(@Nullable ArrayNode toolCalls, @Nullable ArrayNode toolResults, ObjectNode metadata) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.set("tool_calls", toolCalls == null ? null : fitting(toolCalls));
        fields.set("tool_results", toolResults == null ? null : fitting(toolResults));
        fields.set("metadata", fitting(metadata));
        return JsonForm.bind(fields, Stored.class);
    }

    private ObjectNode fitting(ObjectNode metadata) {
        ObjectNode kept = metadata.objectNode().setAll(metadata);
        while (!fits(kept)) {
            var largest = kept.properties().stream()
                    .max(Comparator.comparingInt(field -> depthOrSize(field.getValue())))
                    .map(Map.Entry::getKey)
                    .orElseThrow();
            kept.remove(largest);
            notes.add("metadata that is too large was left out");
        }
        return kept;
    }

    // What was called and what it was called with belong together, so a call keeps its id and its name.
    private ArrayNode fitting(ArrayNode tools) {
        if (fits(tools)) return tools;
        notes.add("what was too large of a tool call or its result was left out");
        var kept = tools.arrayNode();
        for (var each : tools) {
            var shorter = kept.addObject();
            for (var name : new String[] {"id", "type", "tool_call_id", "name"})
                if (each.path(name).isTextual()) shorter.set(name, each.path(name));
            if (each.path("function").path("name").isTextual())
                shorter.putObject("function")
                        .put("name", each.path("function").path("name").asText())
                        .put("arguments", "{}");
        }
        return fits(kept) ? kept : tools.arrayNode();
    }

    private static boolean fits(JsonNode json) {
        return depthOrSize(json) <= Limits.JSON_BYTES;
    }

    // Bytes; too many if it is nested too deeply.
    private static int depthOrSize(JsonNode json) {
        return isTooDeep(json) ? Integer.MAX_VALUE : new Json(json.toString()).bytes();
    }

    private static boolean isTooDeep(JsonNode json) {
        Deque<Map.Entry<JsonNode, Integer>> open = new ArrayDeque<>();
        open.push(Map.entry(json, 1));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (next.getValue() > MAX_DEPTH) return true;
            for (var child : next.getKey())
                if (child.isContainerNode()) open.push(Map.entry(child, next.getValue() + 1));
        }
        return false;
    }
}
