package io.parley.gateway.routes;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** Lists the messages of a conversation: the current branch or another one, all, the deleted ones, or one thread. */
final class MessageListing {
    private final Bus bus;

    /** Which branches of a conversation. */
    private enum Branch {
        CURRENT,
        ALL
    }

    MessageListing(Bus bus) {
        this.bus = bus;
    }

    Future<Page<Message>> list(Request request) {
        var conversation = request.pathId("id");
        var root = request.query().uuid("thread_of");
        var leaf = request.query().uuid("leaf");
        boolean deleted = request.query().required("deleted", Boolean.class);
        var branch = request.query().requiredChoice("branch", Branch.class);
        if (leaf != null && root != null) throw Problem.invalid("leaf", "must not be combined with thread_of");
        if (deleted && (leaf != null || root != null))
            throw Problem.invalid("deleted", "must not be combined with thread_of or leaf");
        if (branch == Branch.ALL && (deleted || leaf != null || root != null))
            throw Problem.invalid("branch", "must not be combined with leaf, thread_of or deleted");
        var caller = request.caller();
        var page = request.query().pageRequest();
        if (root != null) return bus.ask(Messages.THREAD, new Messages.ListThread(caller, conversation, root, page));
        if (leaf != null) return bus.ask(Messages.BRANCH, new Messages.ListBranch(caller, conversation, leaf, page));
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(caller, conversation, which(branch, deleted), page));
    }

    private static Which which(Branch branch, boolean deleted) {
        if (deleted) return Which.DELETED;
        return branch == Branch.ALL ? Which.ALL : Which.CURRENT_BRANCH;
    }
}
