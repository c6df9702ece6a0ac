package io.parley.gateway.routes;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** The list of a conversation's messages: all, the trash, one thread or one branch. */
final class MessageListing {
    private final Bus bus;

    MessageListing(Bus bus) {
        this.bus = bus;
    }

    Future<Page<Message>> list(Request request) {
        var conversation = request.pathId("id");
        var root = request.uuid("thread_of");
        var leaf = request.uuid("leaf");
        boolean deleted = request.given("deleted", Boolean.class);
        if (leaf != null && root != null) throw Problem.invalid("leaf", "excludes thread_of");
        if (deleted && (leaf != null || root != null)) throw Problem.invalid("deleted", "excludes thread_of and leaf");
        var caller = request.caller();
        var slice = request.slice();
        if (root != null) return bus.ask(Messages.THREAD, new Messages.ListThread(caller, conversation, root, slice));
        if (leaf != null) return bus.ask(Messages.BRANCH, new Messages.ListBranch(caller, conversation, leaf, slice));
        return bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(caller, conversation, deleted, slice));
    }
}
