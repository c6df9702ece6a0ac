package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
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
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
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
        Answers.of(database.query("DELETE FROM conversations").run(Parameters.none()));
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
        return Answers.of(
                bus.ask(Conversations.CREATE, new Conversations.Create(ada, new ConversationDraft(title, null, null))));
    }

    private void delete(Conversation conversation) {
        Answers.of(bus.ask(Conversations.DELETE, new Conversations.Delete(ada, conversation.id(), Versions.ANY)));
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

    private Purged purge(Duration olderThan) {
        return Answers.insisting(() -> bus.ask(Purge.of("conversations"), new Batch(olderThan, 100)));
    }

    private List<Hit> search(Caller caller, String q) {
        return Answers.of(bus.ask(Search.of(Search.Type.CONVERSATION), new Search.Query(caller, q, 10, null)))
                .hits();
    }
}
