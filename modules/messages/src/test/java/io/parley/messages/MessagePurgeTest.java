package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessagePurgeTest {
    private static final Duration MONTH = Duration.ofDays(30);

    private static SampleConversation sample;

    private final Bus bus;

    MessagePurgeTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @Test
    void removesOnlyMessagesDeletedLongAgo() {
        sample.say("alive");
        sample.delete(sample.say("old"));
        sample.run("UPDATE messages SET deleted_at = now() - interval '31 days' WHERE deleted_at IS NOT NULL");
        sample.delete(sample.say("young"));

        assertThat(purge(MONTH, 100)).isEqualTo(new Purged(1, true));
        assertThat(purge(MONTH, 100)).isEqualTo(new Purged(0, false));
        assertThat(sample.run("SELECT 1 FROM messages")).isEqualTo(2);
    }

    @Test
    void removesTheMessagesOfPurgedConversations() {
        for (int count = 0; count < 5; count++) sample.say("gone soon");
        sample.deleteConversation("now()");
        assertThat(purge(Duration.ZERO, 2)).isEqualTo(new Purged(0, false));

        sample.run("UPDATE conversations SET purged_at = now()");

        assertThat(Stream.generate(() -> purge(Duration.ZERO, 2)).limit(4).map(Purged::removed))
                .containsExactly(2, 2, 1, 0);
    }

    @Test
    void keepsAllRepliesToRemovedMessages() {
        var root = sample.say("root");
        for (int count = 0; count < 5; count++) sample.reply(root, "reply " + count);
        sample.delete(root);

        var rounds = Stream.generate(() -> purge(Duration.ZERO, 2)).limit(4).toList();

        assertThat(rounds)
                .containsExactly(new Purged(0, true), new Purged(0, true), new Purged(1, true), new Purged(0, false));
        assertThat(Answers.of(bus.ask(
                                Messages.LIST_CONVERSATION,
                                new Messages.ListConversation(ada, adasTripPlan, Which.ALL, SampleConversation.ALL)))
                        .items())
                .hasSize(5)
                .extracting(Message::parentId)
                .containsOnlyNulls();
    }

    @Test
    void removesEachMessageOnceOnSeveralNodes() {
        for (int count = 0; count < 20; count++) {
            sample.say("gone soon");
            sample.post(
                    grace,
                    gracesDiary,
                    new MessageDraft(null, null, Role.USER, "gone soon", null, null, null, null, null));
        }
        sample.run("UPDATE messages SET deleted_at = now()");

        // A batch that waits too long for another gives up.
        var batches = Stream.generate(() -> bus.ask(Purge.of("messages"), new Batch(Duration.ZERO, 10))
                        .otherwise(new Purged(0, true)))
                .limit(8)
                .toList();
        int removed = Answers.of(Future.all(batches)).<Purged>list().stream()
                .mapToInt(Purged::removed)
                .sum();
        for (var purged = purge(Duration.ZERO, 10); purged.more(); purged = purge(Duration.ZERO, 10))
            removed += purged.removed();

        assertThat(removed).isBetween(1, 40);
        assertThat(sample.run("SELECT 1 FROM messages")).isZero();
    }

    @Test
    void removesOnlyTheMessageOfTheUserWhoDeletedIt() {
        var adas = sample.say("gone soon");
        sample.post(
                grace,
                gracesDiary,
                new MessageDraft(adas.id(), null, Role.USER, "Dear diary", null, null, null, null, null));
        sample.delete(adas);

        assertThat(purge(Duration.ZERO, 10)).isEqualTo(new Purged(1, true));
        assertThat(Answers.of(bus.ask(Messages.FIND, new Messages.Find(grace, adas.id())))
                        .content())
                .isEqualTo("Dear diary");
    }

    @Test
    void undoesABatchWhoseConnectionBreaks() {
        for (int count = 0; count < 20; count++) sample.say("gone soon");
        sample.run("UPDATE messages SET deleted_at = now()");
        sample.run("CREATE SEQUENCE cuts");
        sample.run("""
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('cuts') = 10 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN old;
            END $$
            """);
        sample.run("CREATE TRIGGER cut BEFORE DELETE ON messages FOR EACH ROW EXECUTE FUNCTION cut()");
        try {
            assertThat(problemOf(bus.ask(Purge.of("messages"), new Batch(Duration.ZERO, 100)))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
            assertThat(sample.run("SELECT 1 FROM messages")).isEqualTo(20);

            assertThat(purge(Duration.ZERO, 100)).isEqualTo(new Purged(20, true));
        } finally {
            sample.run("DROP FUNCTION cut CASCADE");
            sample.run("DROP SEQUENCE cuts");
        }
    }

    private Purged purge(Duration olderThan, int limit) {
        return Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), new Batch(olderThan, limit)));
    }
}
