package io.parley.gateway.routes;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Versions;
import io.vertx.core.Future;

/** Messages, by conversation and across conversations. */
final class MessageRoutes {
    private final Bus bus;

    MessageRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "postMessage",
                request -> bus.ask(
                        Messages.POST,
                        new Messages.Post(
                                request.caller(),
                                request.pathId("id"),
                                request.newId(),
                                request.body(MessageDraft.class))));
        operations.on("listConversationMessages", new MessageListing(bus)::list);
        operations.on(
                "listMessages",
                request -> bus.ask(
                        Messages.LIST_MINE,
                        new Messages.ListMine(
                                request.caller(),
                                filter(request),
                                request.query().required("deleted", Boolean.class),
                                request.query().pageRequest())));
        operations.on(
                "findMessage",
                request -> bus.ask(Messages.FIND, new Messages.Find(request.caller(), request.pathId("id"))));
        operations.on("updateMessage", this::update);
        operations.on(
                "deleteMessage",
                request -> bus.ask(
                        Messages.DELETE,
                        new Messages.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreMessage",
                request -> bus.ask(Messages.RESTORE, new Messages.Restore(request.caller(), request.pathId("id"))));
    }

    private Future<Message> update(Request request) {
        var patch = request.body(MessagePatch.class);
        return MetadataMerge.isWanted(request, patch.metadata())
                ? MetadataMerge.run(
                        request,
                        patch.metadata(),
                        () -> bus.ask(Messages.FIND, new Messages.Find(request.caller(), request.pathId("id"))),
                        Message::metadata,
                        (versions, metadata) -> update(request, versions, patch.withMetadata(metadata)))
                : update(request, request.versions(), patch);
    }

    private Future<Message> update(Request request, Versions versions, MessagePatch patch) {
        return bus.ask(Messages.UPDATE, new Messages.Update(request.caller(), request.pathId("id"), versions, patch));
    }

    private static Messages.Filter filter(Request request) {
        return new Messages.Filter(
                request.query().choice("role", Message.Role.class),
                request.query().time("from"),
                request.query().time("to"));
    }
}
