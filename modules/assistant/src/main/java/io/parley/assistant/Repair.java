package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Steps;
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
final class Repair {
    private static final Logger log = LoggerFactory.getLogger(Repair.class);
    private static final String NOT_KNOWN = "{\"error\":\"The server ended; it is not known whether this was done.\"}";

    private final Turn turn;
    private final TurnEventStore store;
    private final EventLog events;
    private final Ending ending;
    private final Script script;
    private final StringBuilder partial = new StringBuilder();
    private final Deque<ToolCall> open = new ArrayDeque<>();
    private int last;

    Repair(Vertx vertx, Bus bus, Turn turn, TurnEventStore store, EventLog events, Ending ending) {
        this.turn = turn;
        this.store = store;
        this.events = events;
        this.ending = ending;
        this.script =
                new Script(vertx, bus, new Caller(turn.userId(), Caller.Role.USER), turn.id(), turn.conversationId());
    }

    void go() {
        log.info("Turn {} is ended for a server that has died", turn.id());
        Steps.whileTrue(this::read)
                .compose(read -> script.find())
                .compose(found -> close())
                .recover(failure -> Future.succeededFuture())
                .compose(closed -> end())
                .onFailure(failure -> log.warn("Turn {} is left for later: {}", turn.id(), failure.getMessage()));
    }

    private Future<Boolean> read() {
        return store.list(turn.id(), last).map(page -> {
            page.events().forEach(this::note);
            return page.more();
        });
    }

    // The text that belongs to no stored message is what came behind the last result of a tool.
    private void note(TurnEvent event) {
        last = event.number();
        if (event.type() == TurnEvent.Type.TOOL_RESULT) partial.setLength(0);
        if (event.type() == TurnEvent.Type.CONTENT_DELTA)
            partial.append(json(event.data().text()).path("text").asText());
    }

    private Future<Void> close() {
        Message message = null;
        for (var each : script.messages()) {
            message = each;
            if (each.toolCalls() != null) json(each.toolCalls().text()).forEach(call -> open.add(call(call)));
            if (each.role() == Role.TOOL) open.poll();
        }
        var endsInAnswer = message != null && message.role() == Role.ASSISTANT;
        return Steps.whileTrue(this::closeTool)
                .compose(closed -> endsInAnswer || partial.toString().isBlank()
                        ? Future.succeededFuture()
                        : script.incomplete(partial.toString(), turn.model()).mapEmpty());
    }

    private Future<Boolean> closeTool() {
        var call = open.peek();
        if (call == null) return Future.succeededFuture(false);
        return script.answered(call, NOT_KNOWN).map(answered -> open.poll() != null);
    }

    private Future<Void> end() {
        var report = FailureReport.ofDeadServer();
        return ending.end(turn, Status.FAILED, report.detail(), null)
                .compose(ended -> new Journal(events, turn.id(), last).failed(report, script.messages()));
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
