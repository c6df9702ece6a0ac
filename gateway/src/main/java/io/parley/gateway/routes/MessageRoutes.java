package io.parley.gateway.routes;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;

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
        operations.on(
                "updateMessage",
                request -> bus.ask(
                        Messages.UPDATE,
                        new Messages.Update(
                                request.caller(),
                                request.pathId("id"),
                                request.versions(),
                                request.body(MessagePatch.class))));
        operations.on(
                "deleteMessage",
                request -> bus.ask(
                        Messages.DELETE,
                        new Messages.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreMessage",
                request -> bus.ask(Messages.RESTORE, new Messages.Restore(request.caller(), request.pathId("id"))));
    }

    private static Messages.Filter filter(Request request) {
        return new Messages.Filter(
                request.query().choice("role", Message.Role.class),
                request.query().time("from"),
                request.query().time("to"));
    }
}
