package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.ImportIds;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TaskImportsTest {
    private static final Instant CREATED = Instant.parse("2024-02-03T04:05:06.789012Z");
    private static final Instant UPDATED = Instant.parse("2024-03-03T04:05:06.789012Z");

    private final Bus bus;
    private final Database database;

    TaskImportsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
    }

    @Test
    void keepsItsIdAndItsTimes() {
        var id = Ids.next();

        Answers.of(take(ada, id, adasTripPlan, Status.COMPLETED));

        assertThat(Answers.of(find(ada, id)))
                .isEqualTo(new Task(
                        id,
                        ada.userId(),
                        adasTripPlan,
                        "Book",
                        "A seat",
                        Status.COMPLETED,
                        Priority.HIGH,
                        DayOrTime.at(UPDATED),
                        UPDATED,
                        CREATED,
                        UPDATED,
                        null));
    }

    @Test
    void refusesATaskThatTheUserHasAlready() {
        var id = Ids.next();
        Answers.of(take(ada, id, null, Status.PENDING));
        assertThat(problemOf(take(ada, id, null, Status.PENDING)).kind()).isEqualTo(Kind.CONFLICT);

        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, id, Versions.ANY)));
        assertThat(problemOf(take(ada, id, null, Status.PENDING)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void keepsItsIdIfAnotherUserHasATaskWithIt() {
        var id = Ids.next();
        Answers.of(take(ada, id, null, Status.PENDING));

        Answers.of(take(grace, id, null, Status.COMPLETED));

        assertThat(Answers.of(find(ada, id)).status()).isEqualTo(Status.PENDING);
        assertThat(Answers.of(find(grace, id)).status()).isEqualTo(Status.COMPLETED);
        assertThat(problemOf(take(grace, id, null, Status.PENDING)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesATaskThatTheUserHasUnderAReplacementOfItsId() {
        var id = Ids.next();
        Answers.of(take(grace, Ids.within(grace.userId(), id), null, Status.PENDING));

        assertThat(problemOf(take(grace, id, null, Status.PENDING)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void linksToTheImportedConversation() {
        var id = Ids.next();
        var conversation = Ids.next();
        var standIn = ImportIds.candidates(ada.userId(), conversation)[3];
        Answers.of(OwnerDatabase.of(database)
                .query("INSERT INTO conversations (id, user_id) VALUES (#{id}, #{user_id})")
                .run(Parameters.of("id", standIn).and("user_id", ada.userId())));

        Answers.of(take(ada, id, conversation, Status.PENDING));

        assertThat(Answers.of(find(ada, id)).conversationId()).isEqualTo(standIn);
    }

    @Test
    void dropsALinkToAnotherUsersConversation() {
        var id = Ids.next();

        Answers.of(take(ada, id, gracesDiary, Status.PENDING));

        assertThat(Answers.of(find(ada, id)).conversationId()).isNull();
    }

    private Future<?> take(Caller caller, UUID id, UUID conversation, Status status) {
        var draft = new TaskDraft(conversation, "Book", "A seat", status, Priority.HIGH, DayOrTime.at(UPDATED));
        return bus.ask(Tasks.IMPORT, new Tasks.Import(caller, id, draft, null, CREATED, UPDATED));
    }

    private Future<Task> find(Caller caller, UUID id) {
        return bus.ask(Tasks.FIND, new Tasks.Find(caller, id));
    }
}
