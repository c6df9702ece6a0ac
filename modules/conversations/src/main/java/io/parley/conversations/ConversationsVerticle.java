package io.parley.conversations;

import io.parley.contracts.Analytics;
import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Statistics;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.parley.storage.quota.StorageQuota;
import io.parley.storage.quota.StoredAmount;
import io.parley.storage.sealing.EncryptionChoice;
import io.parley.storage.sealing.UnsearchedRows;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers for conversations. Only this module accesses the table {@code conversations}. */
public final class ConversationsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public ConversationsVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database.replicated().sealing("conversations", "id");
    }

    @Override
    public Future<?> start() {
        var store = new ConversationStore(database);
        var encryption = new EncryptionChoice(bus, database.keys());
        var rules = new ConversationRules(bus, store, encryption);
        var lists = new ConversationLists(database);
        var trash = new ConversationTrash(database);
        var imports = new ConversationImports(database, encryption);
        var quota = new StorageQuota(bus);
        return Future.all(List.of(
                quota.follow(),
                bus.answer(Conversations.CREATE, quota.before(ConversationNeeds::of, rules::create)),
                bus.answer(Conversations.FIND, store::find),
                bus.answer(Conversations.LIST, query -> query.deleted() ? trash.list(query) : lists.list(query)),
                bus.answer(Conversations.LIST_SORTED, lists::list),
                bus.answer(Conversations.UPDATE, quota.before(ConversationNeeds::of, rules::update)),
                bus.answer(Conversations.DELETE, trash::delete),
                bus.answer(Conversations.RESTORE, trash::restore),
                bus.answer(Conversations.WALK, new ConversationWalk(database)::walk),
                bus.answer(ImportedConversations.BEGIN, quota.before(ConversationNeeds::of, imports::begin)),
                bus.answer(ImportedConversations.PUBLISH, quota.before(ConversationNeeds::of, imports::publish)),
                bus.answer(ImportedConversations.DROP, imports::drop),
                bus.answer(ImportedConversations.FIND, imports::findKnown),
                bus.answer(ImportedConversations.GROW, imports::grow),
                bus.answer(Analytics.CONVERSATIONS, new ConversationUsage(database)::usage),
                bus.answer(Purge.of("conversations"), new ConversationPurge(database)::purge),
                bus.answer(Search.of(Search.Type.CONVERSATION), new ConversationSearch(database)::search),
                bus.answer(
                        Search.unsearched(Search.Type.CONVERSATION),
                        new UnsearchedRows(database, "conversations")::count),
                bus.answer(Stored.of("conversations"), new StoredAmount(database, "conversations")::count),
                bus.answer(Statistics.of("conversations"), TableFigures.ofTrashable(database, "conversations")::find),
                bus.answer(Health.of("conversations"), check -> database.ping().map(None.NONE))));
    }
}
