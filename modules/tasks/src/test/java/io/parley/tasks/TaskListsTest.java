package io.parley.tasks;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.time.DayOrTime;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TaskListsTest {
    private static final TaskPatch NOTHING = new TaskPatch(
            Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());

    private final Bus bus;

    TaskListsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
        Answers.of(UsersFake.answer(bus));
    }

    @Test
    void combinesAllFilters() {
        var early = due("Narrow early", Status.PENDING, Priority.HIGH, "2027-01-01T00:00:00Z");
        var late = due("Narrow late", Status.COMPLETED, Priority.HIGH, "2027-02-01T00:00:00Z");
        due("narrow low", Status.PENDING, Priority.LOW, "2027-03-01T00:00:00Z");

        assertThat(all(ada, filter(Status.PENDING, Priority.HIGH, null, null, "NARROW")))
                .containsExactly(early);
        assertThat(all(ada, filter(Status.COMPLETED, null, null, null, "narrow")))
                .containsExactly(late);
        assertThat(all(ada, filter(null, null, "2027-02-01T00:00:00Z", "2027-01-01T00:00:00Z", "narrow")))
                .containsExactly(early, late);
        assertThat(all(ada, filter(null, null, "2027-01-31T00:00:00Z", null, "narrow")))
                .containsExactly(early);
        assertThat(all(ada, filter(null, null, null, null, "100% _"))).isEmpty();
        assertThat(all(grace, filter(null, null, null, null, "narrow"))).isEmpty();
    }

    @Test
    void filtersByConversation() {
        var linked = Answers.of(bus.ask(
                Tasks.CREATE,
                new Tasks.Create(ada, new TaskDraft(adasTripPlan, "linked pack", null, null, null, null))));
        create("unlinked pack");

        assertThat(all(ada, new Tasks.Filter(null, null, adasTripPlan, null, null, "linked pack")))
                .containsExactly(linked);
    }

    @Test
    void keepsItsPlaceWhileRowsAreAdded() {
        var before = List.of(create("place 1"), create("place 2"), create("place 3"), create("place 4"));
        var filter = filter(null, null, null, null, "place");

        var first = page(ada, filter, new PageRequest(null, 2, Order.DESC));
        create("place 5");
        var second = page(ada, filter, new PageRequest(first.nextCursor(), 2, Order.DESC));

        assertThat(first.items()).containsExactly(before.get(3), before.get(2));
        assertThat(second.items()).containsExactly(before.get(1), before.get(0));
        assertThat(second.nextCursor()).isNull();
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
}
