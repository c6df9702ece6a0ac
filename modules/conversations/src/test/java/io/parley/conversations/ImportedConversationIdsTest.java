package io.parley.conversations;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.ImportIds;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports whose id is taken: by another user, by a failed attempt, or by an import at the same time. */
class ImportedConversationIdsTest extends PendingImports {
    ImportedConversationIdsTest(Bus bus, Database database) {
        super(bus, database);
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

    private Future<KnownImport> findKnown(Caller caller, UUID id) {
        return bus.ask(ImportedConversations.FIND, new ImportedConversations.Find(caller, id));
    }
}
