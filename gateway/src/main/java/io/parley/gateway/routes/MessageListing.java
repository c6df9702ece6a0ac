package io.parley.gateway.routes;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** Lists the messages of a conversation: all, the deleted ones, one thread or one branch. */
final class MessageListing {
    private final Bus bus;

    MessageListing(Bus bus) {
        this.bus = bus;
    }

    Future<Page<Message>> list(Request request) {
        var conversation = request.pathId("id");
        var root = request.query().uuid("thread_of");
        var leaf = request.query().uuid("leaf");
        boolean deleted = request.query().required("deleted", Boolean.class);
        if (leaf != null && root != null) throw Problem.invalid("leaf", "must not be combined with thread_of");
        if (deleted && (leaf != null || root != null))
            throw Problem.invalid("deleted", "must not be combined with thread_of or leaf");
        var caller = request.caller();
        var page = request.query().pageRequest();
        if (root != null) return bus.ask(Messages.THREAD, new Messages.ListThread(caller, conversation, root, page));
        if (leaf != null) return bus.ask(Messages.BRANCH, new Messages.ListBranch(caller, conversation, leaf, page));
        return bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(caller, conversation, deleted, page));
    }
}
