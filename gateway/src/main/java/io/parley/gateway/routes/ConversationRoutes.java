package io.parley.gateway.routes;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Conversations, without their messages. */
final class ConversationRoutes {
    private final Bus bus;

    ConversationRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "createConversation",
                request -> bus.ask(
                        Conversations.CREATE,
                        new Conversations.Create(
                                request.caller(), request.newId(), request.body(ConversationDraft.class))));
        operations.on(
                "listConversations",
                request -> bus.ask(
                        Conversations.LIST,
                        new Conversations.ListMine(
                                request.caller(),
                                request.query().required("deleted", Boolean.class),
                                request.query().pageRequest())));
        operations.on(
                "findConversation",
                request -> bus.ask(Conversations.FIND, new Conversations.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "updateConversation",
                request -> bus.ask(
                        Conversations.UPDATE,
                        new Conversations.Update(
                                request.caller(),
                                request.pathId("id"),
                                request.versions(),
                                request.body(ConversationPatch.class))));
        operations.on(
                "deleteConversation",
                request -> bus.ask(
                        Conversations.DELETE,
                        new Conversations.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreConversation",
                request -> bus.ask(
                        Conversations.RESTORE, new Conversations.Restore(request.caller(), request.pathId("id"))));
    }
}
