package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.ImportIds;
import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.ImportedSettings;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConversationImportsTest {
    private static final Instant CREATED = Instant.parse("2024-02-03T04:05:06.789012Z");
    private static final Instant UPDATED = Instant.parse("2024-03-03T04:05:06.789012Z");

    private final Bus bus;
    private final Database database;

    ConversationImportsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM conversations WHERE (user_id, id) NOT IN (('" + ada.userId() + "', '" + adasTripPlan + "'), ('"
                + grace.userId() + "', '" + gracesDiary + "'))");
    }

    @Test
    void isHiddenUntilItIsPublished() {
        var id = Ids.next();
        var importing = Answers.of(begin(ada, id));

        assertThat(importing.id()).isEqualTo(id);
        assertThat(problemOf(find(id)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(list(true)).isEmpty();
        assertThat(list(false)).extracting(Conversation::id).containsExactly(adasTripPlan);
        assertThat(problemOf(bus.ask(Conversations.RESTORE, new Conversations.Restore(ada, id)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);

        Answers.of(publish(ada, importing));

        assertThat(Answers.of(find(id)))
                .isEqualTo(new Conversation(
                        id,
                        ada.userId(),
                        "Moved here",
                        "From afar",
                        new Json("{\"a\": 1.10}"),
                        "Be brief.",
                        "gone",
                        "tern-9",
                        null,
                        CREATED,
                        UPDATED,
                        null));
        assertThat(Answers.of(bus.ask(
                                Search.of(Search.Type.CONVERSATION), new Search.Query(ada, "\"moved here\"", 10, null)))
                        .hits())
                .extracting(Hit::id, Hit::createdAt)
                .containsExactly(tuple(id, CREATED));
    }

    @Test
    void refusesAConversationThatExists() {
        assertThat(problemOf(begin(ada, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);

        var id = Ids.next();
        Answers.of(publish(ada, Answers.of(begin(ada, id))));
        run("UPDATE conversations SET deleted_at = now() WHERE id = '" + id + "'");
        assertThat(problemOf(begin(ada, id)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void keepsAnIdThatAnotherUserHas() {
        var graces = Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(grace, gracesDiary)));
        var importing = Answers.of(begin(ada, gracesDiary));

        assertThat(importing.id()).isEqualTo(gracesDiary);
        Answers.of(publish(ada, importing));

        assertThat(problemOf(begin(ada, gracesDiary)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(Answers.of(find(gracesDiary)).title()).isEqualTo("Moved here");
        assertThat(Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(grace, gracesDiary))))
                .isEqualTo(graces);
    }

    @Test
    void importsTheSameIdForTwoUsersAtTheSameTime() {
        var id = Ids.next();
        var adas = Answers.of(begin(ada, id));
        var graces = Answers.of(begin(grace, id));

        assertThat(List.of(adas.id(), graces.id())).containsExactly(id, id);
        Answers.of(drop(adas));
        Answers.of(publish(grace, graces));

        assertThat(Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(grace, id)))
                        .title())
                .isEqualTo("Moved here");
        assertThat(problemOf(find(id)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void leavesADroppedImportToThePurge() {
        var id = Ids.next();
        var importing = Answers.of(begin(ada, id));

        Answers.of(drop(importing));

        assertThat(problemOf(drop(importing)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problemOf(publish(ada, importing)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(Answers.of(begin(ada, id)).id()).isEqualTo(Ids.within(ada.userId(), id));
        assertThat(purge().removed()).isEqualTo(1);
    }

    @Test
    void beginsAgainAfterSeveralFailedAttempts() {
        var id = Ids.next();
        for (var standIn : List.of(ImportIds.candidates(ada.userId(), id)).subList(0, 5)) {
            var importing = Answers.of(begin(ada, id));
            assertThat(importing.id()).isEqualTo(standIn);
            Answers.of(drop(importing));
        }

        Answers.of(publish(ada, Answers.of(begin(ada, id))));

        assertThat(problemOf(begin(ada, id)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void isPublishedOnceIfImportedTwiceAtTheSameTime() {
        for (int n = 0; n < 20; n++) {
            var id = Ids.next();
            var first = Answers.of(begin(ada, id));
            var second = Answers.of(begin(ada, id));

            var both = Stream.of(publish(ada, id, first), publish(ada, id, second))
                    .map(each -> each.map("in").recover(failure -> Future.succeededFuture("out")))
                    .toList();

            assertThat(both.stream().map(Answers::of)).containsExactlyInAnyOrder("in", "out");
        }
    }

    @Test
    void beginsEachOfSeveralConcurrentImports() {
        for (int n = 0; n < 20; n++) {
            var id = Ids.next();

            var attempts = Stream.generate(() -> begin(ada, id)).limit(4).toList();

            assertThat(attempts.stream().map(Answers::of).map(PendingImport::id))
                    .containsExactlyInAnyOrder(Arrays.copyOf(ImportIds.candidates(ada.userId(), id), 4));
        }
    }

    @Test
    void isPurgedOnlyIfItIsNotFinished() {
        var importing = Answers.of(begin(ada, Ids.next()));
        assertThat(purge()).isEqualTo(new Purged(0, false));
        Answers.of(publish(ada, importing));

        var forgotten = Answers.of(begin(ada, Ids.next()));
        run("UPDATE conversations SET purged_at = now() - interval '1 second' WHERE id = '" + forgotten.id() + "'");
        assertThat(problemOf(publish(ada, forgotten)).kind()).isEqualTo(Kind.CONFLICT);

        assertThat(purge().removed()).isEqualTo(1);
        assertThat(Answers.of(find(importing.id())).id()).isEqualTo(importing.id());
    }

    @Test
    void findsWhatWasImportedBeforeEvenInTheTrash() {
        var id = Ids.next();
        var failed = Answers.of(begin(ada, id));
        assertThat(problemOf(findKnown(ada, id)).kind()).isEqualTo(Kind.NOT_FOUND);
        var second = Answers.of(begin(ada, id));
        Answers.of(publish(ada, second));

        assertThat(second.id()).isNotEqualTo(failed.id());
        assertThat(Answers.of(findKnown(ada, id))).isEqualTo(new KnownImport(second.id(), false, false));
        run("UPDATE conversations SET deleted_at = now() WHERE id = '" + second.id() + "'");
        assertThat(Answers.of(findKnown(ada, id))).isEqualTo(new KnownImport(second.id(), true, false));
        assertThat(problemOf(findKnown(grace, id)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void movesItsTimeOnAndNeverBackIfItGrows() {
        var id = Ids.next();
        Answers.of(publish(ada, Answers.of(begin(ada, id))));

        Answers.of(grow(ada, id, UPDATED.minusSeconds(1)));
        assertThat(Answers.of(find(id)).updatedAt()).isEqualTo(UPDATED);
        Answers.of(grow(ada, id, UPDATED.plusSeconds(1)));
        assertThat(Answers.of(find(id)).updatedAt()).isEqualTo(UPDATED.plusSeconds(1));
        assertThat(problemOf(grow(grace, id, UPDATED)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(grow(ada, Answers.of(begin(ada, Ids.next())).id(), UPDATED))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void cannotBePublishedByAnotherUser() {
        var importing = Answers.of(begin(ada, Ids.next()));

        assertThat(problemOf(publish(grace, importing)).kind()).isEqualTo(Kind.CONFLICT);
        Answers.of(publish(ada, importing));
    }

    @Test
    void walkReturnsEachConversationOnce() {
        for (int n = 0; n < 5; n++) Answers.of(publish(ada, Answers.of(begin(ada, Ids.next()))));
        run("UPDATE conversations SET deleted_at = now() WHERE id = (SELECT max(id::text)::uuid FROM conversations)");

        var first = Answers.of(walk(null));
        var second = Answers.of(walk(first.nextCursor().id()));

        assertThat(first.items()).hasSize(3).extracting(Conversation::id).isSorted();
        assertThat(second.items()).hasSize(2);
        assertThat(second.nextCursor()).isNull();
        assertThat(first.items()).doesNotContainAnyElementsOf(second.items());
    }

    private Future<PendingImport> begin(Caller caller, UUID id) {
        return bus.ask(ImportedConversations.BEGIN, new ImportedConversations.Begin(caller, id));
    }

    private Future<?> publish(Caller caller, PendingImport importing) {
        return publish(caller, null, importing);
    }

    private Future<?> publish(Caller caller, UUID known, PendingImport importing) {
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

    private Future<?> drop(PendingImport importing) {
        return bus.ask(
                ImportedConversations.DROP, new ImportedConversations.Drop(ada, importing.id(), importing.until()));
    }

    private Future<KnownImport> findKnown(Caller caller, UUID id) {
        return bus.ask(ImportedConversations.FIND, new ImportedConversations.Find(caller, id));
    }

    private Future<?> grow(Caller caller, UUID id, Instant newest) {
        return bus.ask(ImportedConversations.GROW, new ImportedConversations.Grow(caller, id, newest));
    }

    private Future<Conversation> find(UUID id) {
        return bus.ask(Conversations.FIND, new Conversations.Find(ada, id));
    }

    private List<Conversation> list(boolean deleted) {
        var page = new PageRequest(null, 50, Order.ASC);
        return Answers.of(bus.ask(Conversations.LIST, new Conversations.ListMine(ada, deleted, page)))
                .items();
    }

    private Future<Page<Conversation>> walk(UUID after) {
        return bus.ask(Conversations.WALK, new Conversations.Walk(ada, after, 3));
    }

    private Purged purge() {
        return Answers.afterTimeouts(
                () -> bus.ask(Purge.of("conversations"), new Purge.Batch(Duration.ofDays(30), 100)));
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
