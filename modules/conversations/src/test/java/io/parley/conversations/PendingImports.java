package io.parley.conversations;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.ImportedSettings;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Begins, publishes and drops imports of conversations. Before each test, there are only those of the fixtures. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
abstract class PendingImports {
    static final Instant CREATED = Instant.parse("2024-02-03T04:05:06.789012Z");
    static final Instant UPDATED = Instant.parse("2024-03-03T04:05:06.789012Z");

    final Bus bus;
    final Database database;

    public PendingImports(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    public static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
    }

    @BeforeEach
    public void clear() {
        run("DELETE FROM conversations WHERE (user_id, id) NOT IN (('" + ada.userId() + "', '" + adasTripPlan + "'), ('"
                + grace.userId() + "', '" + gracesDiary + "'))");
    }

    Future<PendingImport> begin(Caller caller, UUID id) {
        return bus.ask(ImportedConversations.BEGIN, new ImportedConversations.Begin(caller, id));
    }

    Future<?> publish(Caller caller, PendingImport importing) {
        return publish(caller, null, importing);
    }

    Future<?> publish(Caller caller, UUID known, PendingImport importing) {
        var draft = new ConversationDraft("Moved here", "From afar", new Json("{\"a\": 1.10}"));
        return bus.ask(
                ImportedConversations.PUBLISH,
                new ImportedConversations.Publish(
                        caller,
                        known,
                        importing.id(),
                        importing.until(),
                        false,
                        draft,
                        new ImportedSettings("Be brief.", "gone", "tern-9", null),
                        CREATED,
                        UPDATED));
    }

    Future<?> drop(PendingImport importing) {
        return bus.ask(
                ImportedConversations.DROP, new ImportedConversations.Drop(ada, importing.id(), importing.until()));
    }

    Future<Conversation> find(UUID id) {
        return bus.ask(Conversations.FIND, new Conversations.Find(ada, id));
    }

    void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
