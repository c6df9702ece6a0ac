package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TaskChangesTest {
    private static final TaskPatch NOTHING = new TaskPatch(
            Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());

    private final Bus bus;

    TaskChangesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
        Answers.of(UsersFake.answer(bus));
    }

    @Test
    void keepsFieldsThatAPatchOmitsAndClearsNulls() {
        var task = Answers.of(bus.ask(
                Tasks.CREATE,
                new Tasks.Create(
                        ada,
                        new TaskDraft(adasTripPlan, "Book", "soon", null, Priority.LOW, DayOrTime.at(Instant.EPOCH)))));

        var kept = update(task, title("Book now"));
        assertThat(kept)
                .returns("Book now", Task::title)
                .returns("soon", Task::description)
                .returns(adasTripPlan, Task::conversationId)
                .returns(DayOrTime.at(Instant.EPOCH), Task::dueDate)
                .returns(Priority.LOW, Task::priority);

        var cleared = update(
                task,
                new TaskPatch(
                        Patch.to(null),
                        Patch.absent(),
                        Patch.to(null),
                        Patch.absent(),
                        Patch.absent(),
                        Patch.to(null)));
        assertThat(cleared)
                .returns("Book now", Task::title)
                .returns(null, Task::description)
                .returns(null, Task::conversationId)
                .returns(null, Task::dueDate);
    }

    @Test
    void keepsCompletedAtInStepWithStatus() {
        var task = create("Finish");

        var completed = update(task, status(Status.COMPLETED));
        assertThat(completed.completedAt()).isNotNull();

        var completedAgain = update(task, status(Status.COMPLETED));
        assertThat(completedAgain.completedAt()).isEqualTo(completed.completedAt());

        assertThat(update(task, title("Finish!")).completedAt()).isEqualTo(completed.completedAt());
        assertThat(update(task, status(Status.PENDING)).completedAt()).isNull();
    }

    @Test
    void refusesLostUpdates() {
        var task = create("Contended");
        var seen = Versions.of(task.updatedAt());
        var first = Answers.of(bus.ask(Tasks.UPDATE, new Tasks.Update(ada, task.id(), seen, title("First"))));

        assertThat(problemOf(bus.ask(Tasks.UPDATE, new Tasks.Update(ada, task.id(), seen, title("Second"))))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(problemOf(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, task.id(), Versions.of())))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(find(task)).isEqualTo(first);
        assertThat(first.updatedAt()).isAfter(task.updatedAt());
    }

    private Task create(String title) {
        return Answers.of(
                bus.ask(Tasks.CREATE, new Tasks.Create(ada, new TaskDraft(null, title, null, null, null, null))));
    }

    private Task find(Task task) {
        return Answers.of(bus.ask(Tasks.FIND, new Tasks.Find(ada, task.id())));
    }

    private Task update(Task task, TaskPatch patch) {
        return Answers.of(bus.ask(Tasks.UPDATE, new Tasks.Update(ada, task.id(), Versions.ANY, patch)));
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
}
