package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of a response, and the message that it follows.
 *
 * @param isNew whether the conversation has to be made first
 * @param shown members of the response that say the same
 */
record ResponsePlace(UUID conversationId, Patch<UUID> parent, boolean isNew, ObjectNode shown) {
    private static final String HIDDEN = "conversation_hidden";

    /**
     * Where the body says: in a conversation, after a response, or, if it names neither, in a new conversation.
     *
     * @param turnId of the response; the id of a new conversation follows from it
     */
    static Future<ResponsePlace> find(Bus bus, Exchange exchange, UUID turnId) {
        var body = exchange.body();
        var conversation = conversation(body);
        var previous = body.text("previous_response_id");
        if (previous != null) return after(bus, exchange.caller(), previous);
        var shown = JsonNodeFactory.instance.objectNode();
        if (conversation != null)
            return Future.succeededFuture(new ResponsePlace(conversation, Patch.absent(), false, shown));
        shown.put(HIDDEN, true);
        return Future.succeededFuture(
                new ResponsePlace(Ids.within(turnId, "conversation"), Patch.absent(), body.flag("store", true), shown));
    }

    private static @Nullable UUID conversation(Fields body) {
        var value = body.value("conversation");
        if (value == null) return null;
        var id = value.isTextual()
                ? value.textValue()
                : Fields.of(value, "conversation").requireText("id");
        return OpenAiIds.read(OpenAiIds.CONVERSATION, id)
                .orElseThrow(() -> new OpenAiError(404, "not_found", "conversation", "There is no such conversation."));
    }

    private static Future<ResponsePlace> after(Bus bus, Caller caller, String previous) {
        var id = OpenAiIds.read(OpenAiIds.RESPONSE, previous).orElseThrow(ResponsePlace::noPrevious);
        return bus.ask(Responses.FIND, new Responses.Find(caller, id))
                .recover(failure -> Future.failedFuture(isNotFound(failure) ? noPrevious() : failure))
                .map(found -> after(found, previous));
    }

    private static ResponsePlace after(Found found, String previous) {
        var turn = found.turn();
        if (turn.status() == Status.RUNNING)
            throw new OpenAiError(
                    409, "conversation_locked", "previous_response_id", "That response is still running.");
        var messages = found.messages();
        var parent = messages.isEmpty()
                ? turn.userMessageId()
                : messages.get(messages.size() - 1).id();
        var shown = JsonNodeFactory.instance.objectNode().put("previous_response_id", previous);
        var kept = found.kept();
        if (kept != null && kept.text().contains('"' + HIDDEN + '"')) shown.put(HIDDEN, true);
        return new ResponsePlace(turn.conversationId(), Patch.to(parent), false, shown);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    static OpenAiError noPrevious() {
        return OpenAiError.invalid(
                "previous_response_id", "previous_response_not_found", "There is no such response before this one.");
    }
}
