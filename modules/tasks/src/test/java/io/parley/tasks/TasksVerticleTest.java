package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TasksVerticleTest {
    private static final TaskPatch NOTHING = new TaskPatch(
            Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());

    private final Bus bus;

    TasksVerticleTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
        Answers.of(UsersFake.answer(bus));
    }

    @Test
    void createsWithAllFields() {
        var due = DayOrTime.at(Instant.parse("2027-01-02T03:04:05.678901Z"));
        var task = Answers.of(bus.ask(
                Tasks.CREATE,
                new Tasks.Create(
                        ada,
                        new TaskDraft(adasTripPlan, "Book", "a window seat", Status.IN_PROGRESS, Priority.HIGH, due))));

        assertThat(task.userId()).isEqualTo(ada.userId());
        assertThat(task)
                .returns(adasTripPlan, Task::conversationId)
                .returns("Book", Task::title)
                .returns("a window seat", Task::description)
                .returns(Status.IN_PROGRESS, Task::status)
                .returns(Priority.HIGH, Task::priority)
                .returns(due, Task::dueDate)
                .returns(null, Task::completedAt);
        assertThat(find(task)).isEqualTo(task);
    }

    @Test
    void isPendingAndMediumByDefault() {
        assertThat(create("Pack")).returns(Status.PENDING, Task::status).returns(Priority.MEDIUM, Task::priority);
    }

    @Test
    void createsOneTaskForOneId() {
        var id = Ids.next();
        var create = new Tasks.Create(ada, id, new TaskDraft(null, "Pack", null, null, null, null));

        var created = Stream.generate(() -> bus.ask(Tasks.CREATE, create)).limit(20).toList().stream()
                .map(Answers::of)
                .toList();

        assertThat(created)
                .containsOnly(created.get(0))
                .allMatch(task -> task.id().equals(id));
        assertThat(find(created.get(0))).isEqualTo(created.get(0));
    }

    @Test
    void createsATaskWithTheIdOfAnotherUsers() {
        var hers = create("Secret plan");

        var graces = Answers.of(bus.ask(
                Tasks.CREATE, new Tasks.Create(grace, hers.id(), new TaskDraft(null, "Pack", null, null, null, null))));

        assertThat(graces).returns(grace.userId(), Task::userId).returns("Pack", Task::title);
        assertThat(find(hers)).isEqualTo(hers);
    }

    @Test
    void refusesLinksToAnotherUsersConversation() {
        var draft = new TaskDraft(gracesDiary, "Read her diary", null, null, null, null);

        assertThat(problemOf(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(
                                Tasks.UPDATE,
                                new Tasks.Update(
                                        ada, create("Innocent").id(), Versions.ANY, link(Patch.to(gracesDiary)))))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void pointsAtALinkToAMissingConversation() {
        var draft = new TaskDraft(Ids.next(), "Lost", null, null, null, null);

        var problem = problemOf(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults().get(0).pointer()).isEqualTo("/conversation_id");
    }

    @Test
    void canBeCreatedCompleted() {
        var task = Answers.of(bus.ask(
                Tasks.CREATE, new Tasks.Create(ada, new TaskDraft(null, "Done", null, Status.COMPLETED, null, null))));

        assertThat(task.completedAt()).isNotNull();
    }

    @Test
    void hidesDeletedTasks() {
        var task = create("Forget me");

        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, task.id(), Versions.ANY)));

        assertThat(problemOf(bus.ask(Tasks.FIND, new Tasks.Find(ada, task.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, task.id(), Versions.ANY)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(all(ada, filter(null, null, null, null, "forget me"))).isEmpty();
    }

    @Test
    void reportsAMissingTask() {
        assertThat(problemOf(bus.ask(Tasks.FIND, new Tasks.Find(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void countsForAdministratorsOnly() {
        var admin = new Caller(ada.userId(), Caller.Role.ADMIN);

        var figures = Answers.of(bus.ask(Statistics.of("tasks"), new Statistics.Query(admin)));

        assertThat(figures.counts())
                .extracting(Statistics.Count::state)
                .containsExactly("pending", "in_progress", "completed", "deleted");
        assertThat(figures.lastWeek())
                .isEqualTo(figures.lastMonth())
                .isEqualTo(figures.counts().stream()
                        .mapToLong(Statistics.Count::count)
                        .sum());
        assertThat(figures.bytes()).isPositive();
        assertThat(problemOf(bus.ask(Statistics.of("tasks"), new Statistics.Query(ada)))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    private Task create(String title) {
        return Answers.of(
                bus.ask(Tasks.CREATE, new Tasks.Create(ada, new TaskDraft(null, title, null, null, null, null))));
    }

    private Task due(String title, Status status, Priority priority, String due) {
        return Answers.of(bus.ask(
                Tasks.CREATE,
                new Tasks.Create(
                        ada, new TaskDraft(null, title, null, status, priority, DayOrTime.at(Instant.parse(due))))));
    }

    private Task find(Task task) {
        return Answers.of(bus.ask(Tasks.FIND, new Tasks.Find(ada, task.id())));
    }

    private Page<Task> page(Caller caller, Tasks.Filter filter, PageRequest slice) {
        return Answers.of(bus.ask(Tasks.LIST, new Tasks.ListMine(caller, filter, slice)));
    }

    private List<Task> all(Caller caller, Tasks.Filter filter) {
        var tasks = new ArrayList<Task>();
        Cursor cursor = null;
        do {
            var page = page(caller, filter, new PageRequest(cursor, 1, Order.ASC));
            tasks.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return tasks;
    }

    private static Tasks.Filter filter(
            @Nullable Status status,
            @Nullable Priority priority,
            @Nullable String dueBefore,
            @Nullable String dueAfter,
            String q) {
        return new Tasks.Filter(
                status,
                priority,
                null,
                dueBefore == null ? null : Instant.parse(dueBefore),
                dueAfter == null ? null : Instant.parse(dueAfter),
                q);
    }

    private static TaskPatch title(String title) {
        return new TaskPatch(
                NOTHING.conversationId(),
                Patch.to(title),
                NOTHING.description(),
                NOTHING.status(),
                NOTHING.priority(),
                NOTHING.dueDate());
    }

    private static TaskPatch status(Status status) {
        return new TaskPatch(
                NOTHING.conversationId(),
                NOTHING.title(),
                NOTHING.description(),
                Patch.to(status),
                NOTHING.priority(),
                NOTHING.dueDate());
    }

    private static TaskPatch link(Patch<java.util.UUID> conversation) {
        return new TaskPatch(
                conversation,
                NOTHING.title(),
                NOTHING.description(),
                NOTHING.status(),
                NOTHING.priority(),
                NOTHING.dueDate());
    }
}
