package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConversationTrashTest {
    private final Bus bus;
    private final Database database;

    ConversationTrashTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
    }

    @BeforeEach
    void clear() {
        run("UPDATE tasks SET conversation_id = NULL");
        run("DELETE FROM conversations");
    }

    @Test
    void restoresADeletedConversation() {
        var trip = create("Trip");
        delete(trip);
        assertThat(list(true)).extracting(Conversation::id).containsExactly(trip.id());

        var restored = Answers.of(restore(ada, trip));

        assertThat(restored.deletedAt()).isNull();
        assertThat(list(true)).isEmpty();
        assertThat(list(false)).containsExactly(restored);
        assertThat(Answers.of(restore(ada, trip))).isEqualTo(restored);
    }

    @Test
    void refusesAnotherUsersTrash() {
        var trip = create("Trip");
        delete(trip);

        assertThat(problemOf(restore(grace, trip)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Conversations.RESTORE, new Conversations.Restore(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void leavesTheTrashWhenItsPurgeBegins() {
        var trip = create("Trip");
        delete(trip);
        assertThat(purge(Duration.ofDays(30))).isEqualTo(new Purged(0, false));

        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, true));
        assertThat(problemOf(restore(ada, trip)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(list(true)).isEmpty();

        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(1, true));
        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, false));
    }

    @Test
    void purgesEachConversationOnceOnSeveralNodes() {
        for (int count = 0; count < 20; count++) {
            delete(create(ada, "Trip"));
            delete(create(grace, "Diary"));
        }

        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, true));

        int removed = purgeAtTheSameTime();
        for (var purged = purge(Duration.ZERO); purged.more(); purged = purge(Duration.ZERO))
            removed += purged.removed();

        assertThat(removed).isBetween(1, 40);
        assertThat(run("SELECT 1 FROM conversations")).isZero();
    }

    @Test
    void purgesOnlyConversationsThatNothingRefersTo() {
        var linked = create("Linked");
        var empty = create("Empty");
        var withMessage = create("With a message");
        delete(linked);
        delete(empty);
        delete(withMessage);
        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, true));
        run("UPDATE tasks SET conversation_id = '" + linked.id() + "' WHERE id = '" + adasBooking + "'");
        run("INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at) VALUES ('"
                + Ids.next() + "', '" + withMessage.id() + "', '" + ada.userId() + "', 'user', 'Hello', now(), now())");
        create(grace, linked.id());

        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(1, true));
        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, false));

        run("UPDATE tasks SET conversation_id = NULL");
        run("DELETE FROM messages");
        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(2, true));
        assertThat(purge(Duration.ZERO)).isEqualTo(new Purged(0, false));
    }

    @Test
    void searchFindsUpdatedTitles() {
        var trip = create("Trip to Lisbon");
        create("Shopping");
        assertThat(search(ada, "lisbon"))
                .singleElement()
                .satisfies(hit -> assertThat(hit)
                        .returns(trip.id(), Hit::id)
                        .returns("Trip to Lisbon", Hit::title)
                        .returns("Trip to <mark>Lisbon</mark>", Hit::snippet));
        assertThat(search(grace, "lisbon")).isEmpty();

        var patch = new ConversationPatch(Patch.to("Trip to Porto"), Patch.absent(), Patch.absent());
        Answers.of(bus.ask(Conversations.UPDATE, new Conversations.Update(ada, trip.id(), Versions.ANY, patch)));
        assertThat(search(ada, "lisbon")).isEmpty();
        assertThat(search(ada, "porto")).hasSize(1);

        delete(trip);
        assertThat(search(ada, "porto")).isEmpty();
    }

    private Conversation create(String title) {
        return create(ada, title);
    }

    private Conversation create(Caller caller, String title) {
        return Answers.of(bus.ask(
                Conversations.CREATE, new Conversations.Create(caller, new ConversationDraft(title, null, null))));
    }

    private void create(Caller caller, UUID id) {
        var draft = new ConversationDraft(null, null, null);
        Answers.of(bus.ask(Conversations.CREATE, new Conversations.Create(caller, id, draft)));
    }

    private void delete(Conversation conversation) {
        var owner = new Caller(conversation.userId(), Caller.Role.USER);
        Answers.of(bus.ask(Conversations.DELETE, new Conversations.Delete(owner, conversation.id(), Versions.ANY)));
    }

    private Future<Conversation> restore(Caller caller, Conversation conversation) {
        return bus.ask(Conversations.RESTORE, new Conversations.Restore(caller, conversation.id()));
    }

    private List<Conversation> list(boolean deleted) {
        return Answers.of(bus.ask(
                        Conversations.LIST,
                        new Conversations.ListMine(ada, deleted, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    /** Returns how many conversations eight batches removed together. One that waits too long for another gives up. */
    private int purgeAtTheSameTime() {
        var batches = Stream.generate(() -> bus.ask(Purge.of("conversations"), new Batch(Duration.ZERO, 100))
                        .otherwise(new Purged(0, true)))
                .limit(8)
                .toList();
        return Answers.of(Future.all(batches)).<Purged>list().stream()
                .mapToInt(Purged::removed)
                .sum();
    }

    private Purged purge(Duration olderThan) {
        return Answers.afterTimeouts(() -> bus.ask(Purge.of("conversations"), new Batch(olderThan, 100)));
    }

    private int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }

    private List<Hit> search(Caller caller, String q) {
        return Answers.of(bus.ask(Search.of(Search.Type.CONVERSATION), new Search.Query(caller, q, 10, null)))
                .hits();
    }
}
