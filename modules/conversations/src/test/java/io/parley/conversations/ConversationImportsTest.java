package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.ImportedConversations;
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
import io.parley.testing.Answers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationImportsTest extends PendingImports {
    ConversationImportsTest(Bus bus, Database database) {
        super(bus, database);
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

    private Future<?> grow(Caller caller, UUID id, Instant newest) {
        return bus.ask(ImportedConversations.GROW, new ImportedConversations.Grow(caller, id, newest));
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
}
