package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.gracesDiary;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An import into Ada's trip plan, which is hidden until it is published. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
abstract class ImportedTripPlan {
    static final Instant LONG_AGO = Instant.parse("2020-02-02T02:02:02.000002Z");

    static SampleConversation sample;

    final Bus bus;

    public ImportedTripPlan(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    public static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    public void beginImport() {
        sample.clear();
        sample.run("DELETE FROM conversations WHERE id NOT IN ('" + adasTripPlan + "', '" + gracesDiary + "')");
        sample.run(
                "UPDATE conversations SET deleted_at = now() + interval '1 hour', purged_at = now() + interval '1 hour'");
    }

    @AfterAll
    public static void removeHidden() {
        sample.run("DELETE FROM conversations WHERE id NOT IN ('" + adasTripPlan + "', '" + gracesDiary + "')");
    }

    static MessageDraft draft(String text, UUID parent) {
        return new MessageDraft(null, parent, Role.USER, text, null, null, null, null, null);
    }

    static ImportedMessage past(UUID id, int seconds, MessageDraft draft) {
        return new ImportedMessage(id, draft, false, LONG_AGO.plusSeconds(seconds), LONG_AGO.plusSeconds(seconds + 60));
    }

    Future<?> take(Caller caller, ImportedMessage... messages) {
        return take(caller, adasTripPlan, messages);
    }

    Future<?> take(Caller caller, UUID conversationId, ImportedMessage... messages) {
        return bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(caller, conversationId, List.of(messages)));
    }

    static void publish() {
        sample.run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL WHERE id IN ('" + adasTripPlan + "', '"
                + gracesDiary + "')");
    }

    List<Message> messages() {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(ada, adasTripPlan, Which.ALL, SampleConversation.ALL)))
                .items();
    }
}
