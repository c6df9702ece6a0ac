package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasAnswer;
import static io.parley.testing.Fixtures.adasCancelledTrip;
import static io.parley.testing.Fixtures.adasFarewell;
import static io.parley.testing.Fixtures.adasQuestion;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.adasTypo;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesEntry;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BulkRows;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConversationsVerticleTest {
    private final Bus bus;

    ConversationsVerticleTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
    }

    @Test
    void storesAllFields() {
        var metadata = new Json("{\"n\": 12345678901234567890.123456789, \"nested\": [1, null, \"é\"]}");

        var conversation = Answers.of(bus.ask(
                Conversations.CREATE,
                new Conversations.Create(ada, new ConversationDraft("Trip", "to the sea", metadata))));

        assertThat(conversation)
                .returns("Trip", Conversation::title)
                .returns("to the sea", Conversation::description)
                .returns(metadata, Conversation::metadata)
                .returns(ada.userId(), Conversation::userId);
        assertThat(find(ada, conversation.id())).isEqualTo(conversation);
    }

    @Test
    void createsAConversationWithoutAnyField() {
        var conversation = Answers.of(
                bus.ask(Conversations.CREATE, new Conversations.Create(ada, new ConversationDraft(null, null, null))));

        assertThat(conversation).returns(null, Conversation::title).returns(Json.EMPTY_OBJECT, Conversation::metadata);
    }

    @Test
    void createsOnceForTheSameId() {
        var id = Ids.next();
        var create = new Conversations.Create(ada, id, new ConversationDraft("Trip", null, null));

        var created = Stream.generate(() -> bus.ask(Conversations.CREATE, create)).limit(20).toList().stream()
                .map(Answers::of)
                .toList();

        assertThat(created)
                .containsOnly(created.get(0))
                .allMatch(conversation -> conversation.id().equals(id));
        assertThat(find(ada, created.get(0).id())).isEqualTo(created.get(0));
    }

    @Test
    void neverReturnsAnotherUsersConversationWithTheSameId() {
        var adas = create(ada, "Private");

        var graces = Answers.of(bus.ask(
                Conversations.CREATE,
                new Conversations.Create(grace, adas.id(), new ConversationDraft("Trip", null, null))));

        assertThat(graces).returns(grace.userId(), Conversation::userId).returns("Trip", Conversation::title);
        assertThat(find(ada, adas.id())).isEqualTo(adas);
    }

    @Test
    void refusesAnotherUsersConversation() {
        var before = find(ada, adasTripPlan);

        assertThat(Stream.of(
                                bus.ask(Conversations.FIND, new Conversations.Find(grace, adasTripPlan)),
                                bus.ask(
                                        Conversations.UPDATE,
                                        new Conversations.Update(grace, adasTripPlan, Versions.ANY, title("Mine"))),
                                bus.ask(
                                        Conversations.DELETE,
                                        new Conversations.Delete(grace, adasTripPlan, Versions.ANY)),
                                bus.ask(
                                        Conversations.UPDATE,
                                        new Conversations.Update(grace, adasTripPlan, Versions.ANY, leaf(adasAnswer))),
                                bus.ask(Conversations.RESTORE, new Conversations.Restore(grace, adasCancelledTrip)))
                        .map(refused -> problemOf(refused).kind()))
                .containsOnly(Kind.FORBIDDEN);
        assertThat(find(ada, adasTripPlan)).isEqualTo(before);
    }

    @Test
    void failsNotFoundIfMissingOrDeleted() {
        assertThat(Stream.of(
                                bus.ask(Conversations.FIND, new Conversations.Find(ada, Ids.next())),
                                bus.ask(Conversations.FIND, new Conversations.Find(ada, adasCancelledTrip)),
                                bus.ask(
                                        Conversations.UPDATE,
                                        new Conversations.Update(
                                                ada, adasCancelledTrip, Versions.ANY, leaf(adasFarewell))),
                                bus.ask(
                                        Conversations.DELETE,
                                        new Conversations.Delete(ada, adasCancelledTrip, Versions.ANY)))
                        .map(refused -> problemOf(refused).kind()))
                .containsOnly(Kind.NOT_FOUND);
        assertThat(list(ada, 200).items())
                .extracting(Conversation::id)
                .contains(adasTripPlan)
                .doesNotContain(adasCancelledTrip);
    }

    @Test
    void listsHundredsInPagesWithoutGapsOrRepeats(BulkRows many) {
        var created = many.conversations(margaret, 300);

        var walked = new ArrayList<UUID>();
        Cursor cursor = null;
        do {
            var slice = new PageRequest(cursor, 70, Order.ASC);
            var page = Answers.of(bus.ask(Conversations.LIST, new Conversations.ListMine(margaret, slice)));
            page.items().forEach(conversation -> walked.add(conversation.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(walked).isEqualTo(created);
    }

    @Test
    void keepsFieldsThatThePatchLacksAndClearsNulls() {
        var conversation = Answers.of(bus.ask(
                Conversations.CREATE,
                new Conversations.Create(ada, new ConversationDraft("Trip", "sea", new Json("{\"a\": 1}")))));

        var kept = update(conversation, title("Voyage"));
        assertThat(kept)
                .returns("Voyage", Conversation::title)
                .returns("sea", Conversation::description)
                .returns(conversation.metadata(), Conversation::metadata);

        var cleared = update(conversation, new ConversationPatch(Patch.to(null), Patch.to(null), Patch.to(null)));
        assertThat(cleared)
                .returns(null, Conversation::title)
                .returns(null, Conversation::description)
                .returns(Json.EMPTY_OBJECT, Conversation::metadata);
    }

    @Test
    void refusesLostUpdates() {
        var conversation = create(ada, "Contended");
        var seen = Versions.of(conversation.updatedAt());
        update(conversation, title("Early"));

        assertThat(problemOf(bus.ask(
                                Conversations.UPDATE,
                                new Conversations.Update(ada, conversation.id(), seen, title("Late"))))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(problemOf(bus.ask(Conversations.DELETE, new Conversations.Delete(ada, conversation.id(), seen)))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void listsTheMostRecentlyActiveFirst() {
        var lonely = new Caller(grace.userId(), Caller.Role.USER);
        var first = create(lonely, "first");
        var second = create(lonely, "second");
        assertThat(titles(list(lonely, 2))).containsExactly("second", "first");

        Answers.of(bus.ask(
                Conversations.UPDATE, new Conversations.Update(lonely, first.id(), Versions.ANY, title("first"))));

        var page = list(lonely, 1);
        assertThat(titles(page)).containsExactly("first");
        var next = Answers.of(bus.ask(
                Conversations.LIST,
                new Conversations.ListMine(lonely, new PageRequest(page.nextCursor(), 1, Order.DESC))));
        assertThat(next.items()).containsExactly(second);
    }

    @Test
    void movesTheCurrentLeafToTheNewestMessageBelow() {
        var before = find(ada, adasTripPlan);

        var moved = Answers.of(bus.ask(
                Conversations.UPDATE,
                new Conversations.Update(ada, adasTripPlan, Versions.of(before.updatedAt()), leaf(adasQuestion))));

        assertThat(moved.currentLeaf()).isEqualTo(adasAnswer);
        assertThat(moved.title()).isEqualTo(before.title());
        assertThat(moved.updatedAt()).isAfter(before.updatedAt());
        assertThat(problemOf(bus.ask(
                                Conversations.UPDATE,
                                new Conversations.Update(
                                        ada, adasTripPlan, Versions.of(before.updatedAt()), leaf(adasAnswer))))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void refusesALeafThatIsNoLiveMessageOfTheConversation() {
        var before = find(ada, adasTripPlan);
        for (var id : List.of(adasTypo, adasFarewell, gracesEntry, Ids.next())) {
            var patch = new ConversationPatch(
                    Patch.to("Lost"),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.to(id));
            var refused = problemOf(
                    bus.ask(Conversations.UPDATE, new Conversations.Update(ada, adasTripPlan, Versions.ANY, patch)));

            assertThat(refused.kind()).isEqualTo(Kind.INVALID);
            assertThat(refused.faults()).extracting(Problem.Fault::pointer).containsExactly("/current_leaf");
        }
        assertThat(find(ada, adasTripPlan)).isEqualTo(before);
    }

    @Test
    void countsForAdministratorsOnly() {
        var figures = Answers.of(bus.ask(Statistics.of("conversations"), new Statistics.Query(margaret)));

        assertThat(figures.counts()).extracting(Statistics.Count::state).containsExactly("live", "deleted");
        assertThat(figures.lastWeek())
                .isEqualTo(figures.lastMonth())
                .isEqualTo(figures.counts().stream()
                        .mapToLong(Statistics.Count::count)
                        .sum());
        assertThat(figures.bytes()).isPositive();
        assertThat(problemOf(bus.ask(Statistics.of("conversations"), new Statistics.Query(ada)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    private static ConversationPatch leaf(UUID id) {
        return ConversationPatch.ofCurrentLeaf(id);
    }

    private Conversation create(Caller caller, String title) {
        return Answers.of(bus.ask(
                Conversations.CREATE, new Conversations.Create(caller, new ConversationDraft(title, null, null))));
    }

    private Conversation find(Caller caller, UUID id) {
        return Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(caller, id)));
    }

    private Conversation update(Conversation conversation, ConversationPatch patch) {
        return Answers.of(
                bus.ask(Conversations.UPDATE, new Conversations.Update(ada, conversation.id(), Versions.ANY, patch)));
    }

    private Page<Conversation> list(Caller caller, int limit) {
        return Answers.of(bus.ask(
                Conversations.LIST, new Conversations.ListMine(caller, new PageRequest(null, limit, Order.DESC))));
    }

    private static List<String> titles(Page<Conversation> page) {
        return page.items().stream().map(Conversation::title).toList();
    }

    private static ConversationPatch title(String title) {
        return new ConversationPatch(Patch.to(title), Patch.absent(), Patch.absent());
    }
}
