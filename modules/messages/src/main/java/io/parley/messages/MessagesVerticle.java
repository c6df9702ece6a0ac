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

/** Answers for messages; the only owner of the table {@code messages}. */
public final class MessagesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public MessagesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var analytics = new MessageUsage(database);
        var messages = new MessageRules(
                new MessageStore(database), new MessageTrash(database), new MessageThreads(database), analytics, bus);
        return Future.all(List.of(
                bus.answer(Messages.POST, messages::post),
                bus.answer(Messages.FIND, messages::find),
                bus.answer(Messages.LIST_CONVERSATION, messages::listConversation),
                bus.answer(Messages.LIST_MINE, messages::listMine),
                bus.answer(Messages.UPDATE, messages::update),
                bus.answer(Messages.DELETE, messages::delete),
                bus.answer(Messages.RESTORE, messages::restore),
                bus.answer(Messages.IMPORT, new MessageImports(database)::insert),
                bus.answer(Analytics.MESSAGES, analytics::usage),
                bus.answer(Analytics.CONVERSATION_STATS, messages::stats),
                bus.answer(Messages.THREAD, messages::thread),
                bus.answer(Messages.BRANCH, messages::branch),
                bus.answer(Purge.of("messages"), new MessagePurge(database)::purge),
                bus.answer(Search.of(Search.Type.MESSAGE), new MessageSearch(database)::search),
                bus.answer(Statistics.of("messages"), TableFigures.ofTrashable(database, "messages")::find),
                bus.answer(Health.of("messages"), check -> database.ping().map(None.NONE))));
    }
}
