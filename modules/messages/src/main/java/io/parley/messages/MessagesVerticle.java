package io.parley.messages;

import io.parley.contracts.Analytics;
import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Statistics;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.messages.parts.NamedFiles;
import io.parley.messages.previews.PreviewStore;
import io.parley.messages.sealing.ProviderStates;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.parley.storage.quota.StorageQuota;
import io.parley.storage.quota.StoredAmount;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers for messages. Only this module accesses the tables {@code messages} and {@code message_feedback}. */
public final class MessagesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public MessagesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database.replicated().sealing("messages", "id");
    }

    @Override
    public Future<?> start() {
        var store = new MessageStore(database);
        var trash = new MessageTrash(database);
        var feedback = new FeedbackStore(database, store);
        var complete = new MessageCompletion(new SiblingStore(database), feedback);
        var usage = new MessageUsage(database);
        var imports = new MessageImports(database);
        var quota = new StorageQuota(bus);
        var threads = new MessageThreads(database);
        var files = new NamedFiles(bus);
        var rules = new MessageRules(new PostedMessages(database), store, trash, threads, usage, bus);
        return Future.all(List.of(
                quota.follow(),
                bus.answer(
                        Messages.POST,
                        complete.in(post -> files.complete(post).compose(quota.before(MessageNeeds::of, rules::post)))),
                bus.answer(Messages.PROVIDER_STATES, new ProviderStates(database)::find),
                bus.answer(Messages.DIGESTS, new BranchDigests(database, store, threads)::find),
                bus.answer(Messages.PREVIEWS, new PreviewStore(database)::find),
                bus.answer(Messages.FIND, complete.in(store::find)),
                bus.answer(Messages.LIST_CONVERSATION, complete.inPage(rules::listConversation)),
                bus.answer(Messages.LIST_MINE, complete.inPage(rules::listMine)),
                bus.answer(Messages.THREAD, complete.inPage(rules::thread)),
                bus.answer(Messages.BRANCH, complete.inPage(rules::branch)),
                bus.answer(Messages.UPDATE, complete.in(quota.before(MessageNeeds::of, store::update))),
                bus.answer(Messages.DELETE, trash::delete),
                bus.answer(Messages.RESTORE, complete.in(trash::restore)),
                bus.answer(Messages.BRANCH_OFF, complete.in(store::branchOff)),
                bus.answer(MessageFeedback.PUT, feedback::put),
                bus.answer(MessageFeedback.FIND, feedback::find),
                bus.answer(MessageFeedback.DELETE, feedback::delete),
                bus.answer(ImportedMessages.STORE, quota.before(MessageNeeds::of, imports::insert)),
                bus.answer(ImportedMessages.FIND, imports::findTaken),
                bus.answer(ImportedMessages.MOVE, imports::move),
                bus.answer(Analytics.MESSAGES, usage::usage),
                bus.answer(Analytics.CONVERSATION_STATS, rules::conversationStats),
                bus.answer(Purge.of("messages"), new MessagePurge(database)::purge),
                bus.answer(Search.of(Search.Type.MESSAGE), new MessageSearch(database)::search),
                bus.answer(Stored.of("messages"), new StoredAmount(database, "messages")::count),
                bus.answer(Statistics.of("messages"), TableFigures.ofTrashable(database, "messages")::find),
                bus.answer(Health.of("messages"), check -> database.ping().map(None.NONE))));
    }
}
