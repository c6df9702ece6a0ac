package io.parley.assistant.turns;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a turn whose server has died: what had been told of its answer is kept, and no call of a tool stays without
 * a result. It can be cut off anywhere as well, and the next one goes on.
 */
final class TurnRecovery {
    private static final Logger log = LoggerFactory.getLogger(TurnRecovery.class);
    private static final String NOT_KNOWN = "{\"error\":\"The server ended; it is not known whether this was done.\"}";

    private final Turn turn;
    private final TurnEventStore store;
    private final TurnCompletion ending;
    private final TurnMessages script;
    private final StringBuilder told = new StringBuilder();
    private final Deque<ToolCall> open = new ArrayDeque<>();
    private int last;

    TurnRecovery(Vertx vertx, Bus bus, Turn turn, TurnEventStore store, TurnCompletion ending) {
        this.turn = turn;
        this.store = store;
        this.ending = ending;
        this.script = new TurnMessages(
                vertx, bus, new Caller(turn.userId(), Caller.Role.USER), turn.id(), turn.conversationId());
    }

    /** Succeeds when the turn has ended, or is left for later. */
    Future<Void> go() {
        log.info("Turn {} is ended for a server that has died", turn.id());
        return Futures.whileTrue(this::read)
                .compose(read -> script.find())
                .compose(found -> close())
                .recover(failure -> Future.succeededFuture())
                .compose(closed -> end())
                .otherwise(failure -> {
                    log.warn("Turn {} is left for later: {}", turn.id(), failure.getMessage());
                    return null;
                });
    }

    private Future<Boolean> read() {
        return store.list(turn.id(), last, false).map(page -> {
            page.events().forEach(this::note);
            return page.more();
        });
    }

    private void note(TurnEvent event) {
        last = event.number();
        if (event.type() == TurnEvent.Type.CONTENT_DELTA)
            told.append(json(event.data().text()).path("text").asText());
    }

    private Future<Void> close() {
        for (var each : script.messages()) {
            if (each.toolCalls() != null) json(each.toolCalls().text()).forEach(call -> open.add(call(call)));
            if (each.role() == Role.TOOL) open.poll();
        }
        return Futures.whileTrue(this::closeTool)
                .compose(closed -> unstored().isBlank()
                        ? Future.succeededFuture()
                        : script.incomplete(unstored(), turn.model()).mapEmpty());
    }

    // Events may lag behind messages, so where one ends in the other shows in the text alone.
    private String unstored() {
        int stored = script.messages().stream()
                .filter(message -> message.role() == Role.ASSISTANT && message.content() != null)
                .mapToInt(message -> String.valueOf(message.content()).length())
                .sum();
        return told.substring(Math.min(stored, told.length()));
    }

    private Future<Boolean> closeTool() {
        var call = open.peek();
        if (call == null) return Future.succeededFuture(false);
        return script.answered(call, NOT_KNOWN).map(answered -> open.poll() != null);
    }

    private Future<Void> end() {
        return ending.end(
                turn,
                hasAnswered()
                        ? TurnOutcome.completed(script.messages(), null)
                        : TurnOutcome.failed(FailureReport.ofDeadServer(), script.messages(), null));
    }

    private boolean hasAnswered() {
        var messages = script.messages();
        if (messages.isEmpty()) return false;
        var last = messages.get(messages.size() - 1);
        return last.role() == Role.ASSISTANT && last.toolCalls() == null && !TurnMessages.isIncomplete(last);
    }

    private static ToolCall call(JsonNode call) {
        var function = call.path("function");
        return new ToolCall(
                call.path("id").asText(),
                function.path("name").asText(),
                function.path("arguments").asText());
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(Buffer.buffer(text));
    }
}
