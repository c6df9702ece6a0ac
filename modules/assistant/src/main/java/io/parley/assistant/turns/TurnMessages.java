package io.parley.assistant.turns;

import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one turn, stored in their order. Each has an id that the turn and its place tell, so that one which may
 * have been stored can be stored again, by whoever takes the turn over as well.
 */
final class TurnMessages {
    private static final int ATTEMPTS = 40;
    private static final long PAUSE_MILLIS = 500;
    private static final String INCOMPLETE = "incomplete";

    private record Calls(List<Call> calls) {}

    private record Call(String id, String type, Function function) {}

    private record Function(String name, String arguments) {}

    private record Answered(String toolCallId, String name) {}

    private record Mark(String status) {}

    private final Vertx vertx;
    private final Bus bus;
    private final Caller caller;
    private final UUID turnId;
    private final UUID conversationId;
    private final List<Message> messages = new ArrayList<>();

    TurnMessages(Vertx vertx, Bus bus, Caller caller, UUID turnId, UUID conversationId) {
        this.vertx = vertx;
        this.bus = bus;
        this.caller = caller;
        this.turnId = turnId;
        this.conversationId = conversationId;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** What the user said; once, so that what is wrong with it shows at once. */
    Future<Message> begin(String content) {
        return post(draft(Role.USER, content, null, null, null, null, null), 1);
    }

    Future<Message> called(ModelReply reply) {
        var content = reply.text().isEmpty() ? null : reply.text();
        return post(draft(Role.ASSISTANT, content, tokens(reply), reply.model(), calls(reply.toolCalls()), null, null));
    }

    Future<Message> answered(ToolCall call, String result) {
        var answered = new Json("[" + JsonForm.write(new Answered(call.id(), call.name())) + "]");
        return post(draft(Role.TOOL, result, null, null, null, answered, null));
    }

    Future<Message> said(ModelReply reply) {
        return post(draft(Role.ASSISTANT, reply.text(), tokens(reply), reply.model(), null, null, null));
    }

    /** What there was when it broke off. */
    Future<Message> incomplete(String text, String model) {
        return post(draft(
                Role.ASSISTANT,
                text,
                null,
                model,
                null,
                null,
                new Json(JsonForm.write(new Mark(INCOMPLETE)).toString())));
    }

    static boolean isIncomplete(Message message) {
        var metadata = StrictJson.parse(Buffer.buffer(message.metadata().text()));
        return metadata.path("status").asText().equals(INCOMPLETE);
    }

    /** Finds those that were stored before by somebody who ran the turn. */
    Future<Void> find() {
        return bus.ask(Messages.FIND, new Messages.Find(caller, id(messages.size())))
                .compose(found -> {
                    messages.add(found);
                    return find();
                })
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private static @Nullable Integer tokens(ModelReply reply) {
        return reply.usage() == null ? null : reply.usage().completionTokens();
    }

    private static Json calls(List<ToolCall> calls) {
        var written = JsonForm.write(new Calls(calls.stream()
                        .map(call -> new Call(call.id(), "function", new Function(call.name(), call.arguments())))
                        .toList()))
                .toString();
        return new Json(written.substring("{\"calls\":".length(), written.length() - 1));
    }

    private MessageDraft draft(
            Role role,
            @Nullable String content,
            @Nullable Integer tokens,
            @Nullable String model,
            @Nullable Json calls,
            @Nullable Json results,
            @Nullable Json metadata) {
        return new MessageDraft(id(messages.size()), null, role, content, tokens, model, calls, results, metadata);
    }

    private UUID id(int place) {
        return Ids.within(turnId, "message " + place);
    }

    // The database may be away for a moment, and the model's answer is not to be lost for that.
    private Future<Message> post(MessageDraft draft) {
        return post(draft, ATTEMPTS);
    }

    private Future<Message> post(MessageDraft draft, int attempts) {
        return bus.ask(Messages.POST, new Messages.Post(caller, conversationId, draft))
                .onSuccess(messages::add)
                .recover(failure -> attempts > 1 && isPassing(failure)
                        ? vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(passed -> post(draft, attempts - 1))
                        : Future.failedFuture(failure));
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.UNAVAILABLE
                        || problem.kind() == Kind.TIMEOUT
                        || problem.kind() == Kind.LOST);
    }
}
