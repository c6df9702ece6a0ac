package io.parley.assistant.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.history.StoredResults.Result;
import io.parley.assistant.models.Prompt.Attached;
import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.models.Prompt.Piece;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a history with each tool call right before its result, whatever clients have stored: results elsewhere
 * are moved, missing ones are added, and ids that are missing or not unique are replaced.
 */
final class PairedCalls {
    private static final String NO_RESULT = "{\"error\":\"no result\"}";
    private static final String LOOSE_RESULT = "Result of a tool: ";

    /** A text, tool calls, or a result that belongs to no call before it. */
    private interface Part {}

    private record Text(Role role, String content, @Nullable Attached attached) implements Part {}

    private record Calls(
            @Nullable String content,
            List<Call> calls,
            @Nullable Attached attached) implements Part {
        Calls with(List<Call> more) {
            return new Calls(
                    content, Stream.concat(calls.stream(), more.stream()).toList(), attached);
        }
    }

    private record Files(
            Role role, List<Piece> pieces, @Nullable Attached attached) implements Part {}

    private record Loose(Result result) implements Part {}

    private static final class Call {
        private final ObjectNode json;
        private final String storedId;
        private @Nullable String result;

        Call(ObjectNode json, String storedId) {
            this.json = json;
            this.storedId = storedId;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /** Whether the last message had calls. */
    private boolean isCalling;

    /** @param messages oldest first */
    static List<Line> lines(List<HistoryMessage> messages) {
        var paired = new PairedCalls();
        messages.forEach(paired::add);
        return paired.lines();
    }

    private void add(HistoryMessage each) {
        var message = each.message();
        var stored = message.role() == Role.ASSISTANT ? StoredCalls.read(message.toolCalls()) : List.<ObjectNode>of();
        if (!stored.isEmpty()) {
            addCalls(each, stored);
            return;
        }
        isCalling = false;
        if (message.role() == Role.TOOL) StoredResults.read(message).forEach(this::addResult);
        else if (each.pieces() != null) parts.add(new Files(message.role(), each.pieces(), each.attached()));
        else addText(message.role(), message.content(), each.attached());
    }

    private void addText(Role role, @Nullable String content, @Nullable Attached attached) {
        if (content != null && !content.isBlank()) parts.add(new Text(role, content, attached));
    }

    private void addCalls(HistoryMessage each, List<ObjectNode> stored) {
        var message = each.message();
        var begun = new ArrayList<Call>();
        for (var json : stored) {
            var storedId = json.path("id").asText();
            var id = storedId.isEmpty() || ids.contains(storedId) ? madeFrom(message, begun.size()) : storedId;
            ids.add(id);
            begun.add(new Call(json.put("id", id), storedId));
        }
        calls.addAll(begun);
        if (!isSameTurn(each)) parts.add(new Calls(message.content(), begun, each.attached()));
        else if (parts.get(parts.size() - 1) instanceof Calls before) parts.set(parts.size() - 1, before.with(begun));
        isCalling = true;
    }

    // Programs store the calls of one answer one by one, and providers want them in one message.
    private boolean isSameTurn(HistoryMessage each) {
        return isCalling
                && each.attached() == null
                && each.message().content() == null
                && parts.get(parts.size() - 1) instanceof Calls before
                && before.attached() == null;
    }

    // At most 40 characters, as OpenAI demands.
    private static String madeFrom(Message message, int position) {
        return "call_" + message.id().toString().replace("-", "") + position;
    }

    private void addResult(Result result) {
        if (!answer(result, call -> !result.callId().isEmpty() && call.storedId.equals(result.callId())))
            parts.add(new Loose(result));
    }

    /** Gives the result to the first call that fits and has none; whether there is one. */
    private boolean answer(Result result, Predicate<Call> fits) {
        for (var call : calls)
            if (call.result == null && fits.test(call)) {
                call.result = result.text();
                return true;
            }
        return false;
    }

    private List<Line> lines() {
        place(true);
        place(false);
        var lines = new ArrayList<Line>();
        for (var part : parts) {
            if (part instanceof Text text)
                lines.add(Line.text(text.role(), text.content()).with(text.attached()));
            if (part instanceof Files files)
                lines.add(Line.pieces(files.role(), files.pieces()).with(files.attached()));
            if (part instanceof Loose loose)
                lines.add(Line.text(Role.USER, LOOSE_RESULT + loose.result().text()));
            if (part instanceof Calls calls) addLines(calls, lines);
        }
        return lines;
    }

    /** Finds calls for the results that have none so far. */
    private void place(boolean byId) {
        parts.removeIf(part -> part instanceof Loose loose
                && answer(
                        loose.result(),
                        call -> !byId || call.storedId.equals(loose.result().callId())));
    }

    private static void addLines(Calls part, List<Line> lines) {
        var content = part.content();
        var array = JsonNodeFactory.instance.arrayNode();
        for (var call : part.calls()) array.add(call.json);
        lines.add(Line.calls(content == null || content.isBlank() ? null : content, new Json(array.toString()))
                .with(part.attached()));
        for (var call : part.calls())
            lines.add(Line.result(call.json.path("id").asText(), call.result == null ? NO_RESULT : call.result));
    }
}
