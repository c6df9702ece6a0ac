package io.parley.assistant.turns;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.Prompt.Line;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told of a conversation: as much of its end as the budget allows, and the system's messages of its
 * beginning in any case. A tool call and its results are told together or not at all, as providers demand.
 */
final class ModelHistory {
    private static final int PAGE = 50;

    /** English text has about four characters a token; what a message costs besides is a few. */
    private static final int CHARACTERS_A_TOKEN = 4;

    private static final int TOKENS_A_MESSAGE = 4;

    private final Bus bus;
    private final Caller caller;
    private final UUID conversationId;
    private final int budget;

    /** From the newest to the oldest. */
    private final List<Message> messages = new ArrayList<>();

    private int tokens;

    /** @param budget in tokens, as they are estimated here */
    ModelHistory(Bus bus, Caller caller, UUID conversationId, int budget) {
        this.bus = bus;
        this.caller = caller;
        this.conversationId = conversationId;
        this.budget = budget;
    }

    Future<List<Line>> lines() {
        return read(null)
                .compose(isAll -> isAll ? Future.succeededFuture(List.<Message>of()) : beginning())
                .map(this::lines);
    }

    // Whether the conversation is in it from its beginning on.
    private Future<Boolean> read(@Nullable Cursor cursor) {
        return page(new PageRequest(cursor, PAGE, Order.DESC)).compose(page -> {
            for (var message : page.items()) {
                tokens += tokens(message);
                if (tokens > budget && !messages.isEmpty()) return Future.succeededFuture(false);
                messages.add(message);
            }
            return page.nextCursor() == null ? Future.succeededFuture(true) : read(page.nextCursor());
        });
    }

    private Future<List<Message>> beginning() {
        return page(new PageRequest(null, PAGE, Order.ASC))
                .map(page -> page.items().stream()
                        .filter(message -> message.role() == Role.SYSTEM)
                        .filter(message ->
                                messages.stream().noneMatch(kept -> kept.id().equals(message.id())))
                        .toList());
    }

    private Future<Page<Message>> page(PageRequest slice) {
        return bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(caller, conversationId, slice));
    }

    private static int tokens(Message message) {
        int characters = length(message.content());
        if (message.toolCalls() != null)
            characters += message.toolCalls().text().length();
        return TOKENS_A_MESSAGE + characters / CHARACTERS_A_TOKEN;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private List<Line> lines(List<Message> beginning) {
        var lines = new ArrayList<Line>();
        for (var message : beginning) lines.add(plain(message));
        Deque<Message> open = new ArrayDeque<>(messages.size());
        for (int at = messages.size() - 1; at >= 0; at--) open.add(messages.get(at));
        while (!open.isEmpty()) {
            var message = open.remove();
            if (message.role() == Role.TOOL) continue; // Its call has been left out.
            if (message.toolCalls() == null) lines.add(plain(message));
            else call(message, open, lines);
        }
        return lines;
    }

    private static Line plain(Message message) {
        return new Line(message.role(), message.content(), null, null);
    }

    // Every call gets a result: one that was never stored is made up.
    private static void call(Message message, Deque<Message> open, List<Line> lines) {
        Map<String, String> results = new LinkedHashMap<>();
        for (var call : array(text(message.toolCalls())))
            results.put(call.path("id").asText(), "{\"error\":\"no result\"}");
        if (results.isEmpty()) {
            if (length(message.content()) > 0) lines.add(plain(message));
            return;
        }
        while (!open.isEmpty() && open.peek().role() == Role.TOOL) results.putAll(results(open.remove()));
        lines.add(new Line(message.role(), message.content(), message.toolCalls(), null));
        results.forEach((id, result) -> lines.add(new Line(Role.TOOL, result, null, id)));
    }

    private static Map<String, String> results(Message message) {
        Map<String, String> results = new HashMap<>();
        for (var result : array(
                message.toolResults() == null ? "[]" : message.toolResults().text())) {
            var text = length(message.content()) > 0 ? message.content() : result.toString();
            results.put(result.path("tool_call_id").asText(), String.valueOf(text));
        }
        return results;
    }

    private static String text(@Nullable Json json) {
        return json == null ? "[]" : json.text();
    }

    private static JsonNode array(String json) {
        return StrictJson.parse(Buffer.buffer(json));
    }
}
