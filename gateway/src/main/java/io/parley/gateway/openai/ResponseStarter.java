package io.parley.gateway.openai;

import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.Origin;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.http.RateHeaders;
import io.parley.gateway.limits.TurnLimit;
import io.parley.gateway.origin.LocalClients;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.vertx.core.Future;

/** Begins responses, and stores before that what they need: their files and, if it is new, their conversation. */
final class ResponseStarter {
    private final Bus bus;
    private final TurnLimit limit;
    private final SentFiles files;

    ResponseStarter(Bus bus, SentFiles files) {
        this.bus = bus;
        this.limit = new TurnLimit(bus);
        this.files = files;
    }

    /** Fails with an {@code OpenAiError} if the modules refuse what the client has sent. */
    Future<Started> start(NewResponse wanted) {
        return storeFiles(wanted)
                .compose(stored -> createConversation(wanted))
                .compose(ready -> limit.start(
                        wanted.caller(),
                        LocalClients.sent(wanted.exchange().http()),
                        rates -> RateHeaders.add(wanted.exchange().http().response(), rates),
                        () -> bus.ask(Responses.CREATE, wanted.command())))
                .recover(failure ->
                        dropConversation(wanted).transform(dropped -> Future.failedFuture(explained(wanted, failure))));
    }

    private Future<Void> storeFiles(NewResponse wanted) {
        if (!wanted.isStored()) return Future.succeededFuture();
        var sent = wanted.input().files();
        var place = wanted.place();
        return place.isNew()
                ? files.store(wanted.caller(), sent)
                : files.storeFor(wanted.caller(), place.conversationId(), sent);
    }

    private Future<?> createConversation(NewResponse wanted) {
        return wanted.place().isNew()
                ? bus.ask(
                        Conversations.CREATE,
                        new Conversations.Create(
                                wanted.caller(),
                                wanted.place().conversationId(),
                                new ConversationDraft(null, null, null),
                                Origin.RESPONSES))
                : Future.succeededFuture();
    }

    /** Removes a conversation that was made for a response that could not begin. */
    private Future<?> dropConversation(NewResponse wanted) {
        return wanted.place().isNew() && wanted.exchange().key().isEmpty()
                ? bus.ask(
                        Conversations.DELETE,
                        new Conversations.Delete(wanted.caller(), wanted.place().conversationId(), Versions.ANY))
                : Future.succeededFuture();
    }

    private static Throwable explained(NewResponse wanted, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Kind.INVALID) return failure;
        var fault = problem.faults().get(0);
        if (fault.pointer().equals("/parent_id")) return ResponsePlace.noPrevious();
        var refusal = wanted.input().refusalOfPart(fault);
        return refusal == null ? failure : refusal;
    }
}
