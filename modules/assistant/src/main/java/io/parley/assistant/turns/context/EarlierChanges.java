package io.parley.assistant.turns.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.parley.assistant.history.StoredResults;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.AddTask;
import io.parley.assistant.tools.CompleteTask;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.storage.ToolCallJson;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes that earlier answers to the same message have made with tools. They stay, so the model is informed of them, and a
 * command that has changed something is not carried out again.
 *
 * @param changes oldest first
 */
public record EarlierChanges(List<Change> changes) {
    /** @param tool that made it */
    record Change(String tool, String title, String id) {
        String forModel() {
            return tool + " \"" + title + "\" (" + id + ')';
        }

        String forUser() {
            var verb = switch (tool) {
                case AddTask.NAME -> "Added";
                case CompleteTask.NAME -> "Completed";
                case DeleteTask.NAME -> "Deleted";
                default -> "Changed";
            };
            return verb + ": " + title;
        }
    }

    /** The newest ones of more. */
    private static final int MAX_CHANGES = 50;

    public static Future<EarlierChanges> of(Vertx vertx, Bus bus, TurnStore store, Caller caller, Turn answered) {
        return store.listAnswering(answered)
                .compose(turns -> Future.all(turns.stream()
                        .map(turn -> load(new TurnMessages(vertx, bus, caller, turn)))
                        .toList()))
                .map(loaded -> loaded.<List<Message>>list().stream()
                        .flatMap(messages -> changes(messages).stream())
                        .toList())
                .map(all -> new EarlierChanges(all.subList(Math.max(0, all.size() - MAX_CHANGES), all.size())));
    }

    private static Future<List<Message>> load(TurnMessages messages) {
        return messages.load().map(loaded -> messages.stored());
    }

    private static List<Change> changes(List<Message> messages) {
        Map<String, ToolCall> calls = new LinkedHashMap<>();
        var changes = new ArrayList<Change>();
        for (var message : messages) {
            for (var call : ToolCallJson.calls(message.toolCalls())) calls.put(call.id(), call);
            if (message.role() == Role.TOOL)
                for (var result : StoredResults.read(message)) add(calls.get(result.callId()), result.text(), changes);
        }
        return changes;
    }

    private static void add(@Nullable ToolCall call, String result, List<Change> changes) {
        if (call == null || !ToolRegistry.changesData(call.name())) return;
        var json = parse(result);
        if (!json.isObject() || json.has("error")) return;
        var task = json.path("deleted").isObject() ? json.path("deleted") : json;
        changes.add(new Change(
                call.name(), task.path("title").asText(), task.path("id").asText()));
    }

    // The owner of the message may have changed it to any text.
    private static JsonNode parse(String result) {
        try {
            return StrictJson.parse(Buffer.buffer(result));
        } catch (Problem noJson) {
            return MissingNode.getInstance();
        }
    }

    /** Tells the model about them; in place of the offline commands stands a model that only says what they have changed before. */
    public TurnContext addTo(TurnContext context) {
        if (changes.isEmpty()) return context;
        return context.choice().provider() == null
                ? context.with(saying(context.choice().model()))
                : context.telling(
                        "An earlier answer to the last message has already made these changes. They still apply, so do"
                                + " not make them again:\n" + listed(Change::forModel));
    }

    private ModelChoice saying(String model) {
        var answer = "Nothing was changed again. This was done before:\n" + listed(Change::forUser);
        return new ModelChoice(null, model, true, false, new FixedAnswer(answer, model));
    }

    private String listed(Function<Change, String> form) {
        return changes.stream().map(change -> "- " + form.apply(change)).collect(Collectors.joining("\n"));
    }
}
