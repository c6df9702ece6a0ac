package io.parley.messages;

import io.parley.contracts.Analytics;
import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Statistics;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers for messages. Only this module accesses the table {@code messages}. */
public final class MessagesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public MessagesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var store = new MessageStore(database);
        var trash = new MessageTrash(database);
        var usage = new MessageUsage(database);
        var imports = new MessageImports(database);
        var rules =
                new MessageRules(new PostedMessages(database), store, trash, new MessageThreads(database), usage, bus);
        return Future.all(List.of(
                bus.answer(Messages.POST, rules::post),
                bus.answer(Messages.PROVIDER_STATES, new ProviderStates(database)::find),
                bus.answer(Messages.FIND, store::find),
                bus.answer(Messages.LIST_CONVERSATION, rules::listConversation),
                bus.answer(Messages.LIST_MINE, rules::listMine),
                bus.answer(Messages.THREAD, rules::thread),
                bus.answer(Messages.BRANCH, rules::branch),
                bus.answer(Messages.UPDATE, store::update),
                bus.answer(Messages.DELETE, trash::delete),
                bus.answer(Messages.RESTORE, trash::restore),
                bus.answer(Messages.IMPORT, imports::insert),
                bus.answer(Messages.IMPORT_FIND, imports::findTaken),
                bus.answer(Messages.IMPORT_MOVE, imports::move),
                bus.answer(Analytics.MESSAGES, usage::usage),
                bus.answer(Analytics.CONVERSATION_STATS, rules::conversationStats),
                bus.answer(Purge.of("messages"), new MessagePurge(database)::purge),
                bus.answer(Search.of(Search.Type.MESSAGE), new MessageSearch(database)::search),
                bus.answer(Statistics.of("messages"), TableFigures.ofTrashable(database, "messages")::find),
                bus.answer(Health.of("messages"), check -> database.ping().map(None.NONE))));
    }
}
