package io.parley.messages;

import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.async.Futures;
import io.parley.messages.sealing.EncryptedConversations;
import io.parley.storage.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.function.Function;

/** Digests the beginnings of a branch: in the database, or here if its messages are sealed. */
final class BranchDigests {
    private static final int PAGE_SIZE = 200;
    private static final int PAGE_BYTES = 1024 * 1024;

    private final EncryptedConversations conversations;
    private final BranchDigestStore clear;
    private final MessageStore messages;
    private final MessageThreads threads;

    BranchDigests(Database database, MessageStore messages, MessageThreads threads) {
        this.conversations = new EncryptedConversations(database);
        this.clear = new BranchDigestStore(database);
        this.messages = messages;
        this.threads = threads;
    }

    Future<Messages.Digests> find(Messages.FindDigests query) {
        return conversations
                .contain(query.caller().userId(), query.conversationId())
                .compose(encrypted -> encrypted ? digestOpened(query) : clear.find(query));
    }

    private Future<Messages.Digests> digestOpened(Messages.FindDigests query) {
        var unbranched = new Walk(
                query,
                page -> messages.listUnbranched(new Messages.ListConversation(
                        query.caller(), query.conversationId(), Messages.Which.CURRENT_BRANCH, page)));
        return unbranched
                .run()
                .compose(read ->
                        read.messageCount() > 0 ? Future.succeededFuture(unbranched.digests()) : digestBranch(query));
    }

    private Future<Messages.Digests> digestBranch(Messages.FindDigests query) {
        var branch = new Walk(
                query,
                page -> threads.branch(
                        new Messages.ListBranch(query.caller(), query.conversationId(), query.leafId(), page)));
        return branch.run().map(read -> branch.digests());
    }

    /** Reads messages from the oldest one on. */
    private static final class Walk {
        private final Messages.FindDigests query;
        private final Function<PageRequest, Future<Page<Message>>> pages;
        private final ArrayList<UpTo> found = new ArrayList<>();
        private BranchDigest read = BranchDigest.EMPTY;
        private PageRequest next = new PageRequest(null, PAGE_SIZE, Order.ASC, PAGE_BYTES);

        Walk(Messages.FindDigests query, Function<PageRequest, Future<Page<Message>>> pages) {
            this.query = query;
            this.pages = pages;
        }

        Future<BranchDigest> run() {
            return Futures.loop(() -> pages.apply(next).map(this::add)).map(done -> read);
        }

        private boolean add(Page<Message> page) {
            page.items().forEach(this::add);
            var cursor = page.nextCursor();
            if (cursor != null) next = new PageRequest(cursor, PAGE_SIZE, Order.ASC, PAGE_BYTES);
            return cursor != null && found.size() < query.upTo().size();
        }

        private void add(Message message) {
            read = read.plus(message);
            if (query.upTo().contains(message.id())) found.add(new UpTo(message.id(), read));
        }

        Messages.Digests digests() {
            return new Messages.Digests(found);
        }
    }
}
