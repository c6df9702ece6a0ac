package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ada and Grace have a task with the same id. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SameTaskIdTest {
    private final Bus bus;
    private final UUID id = Ids.next();

    private Task adas;
    private Task graces;

    SameTaskIdTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
    }

    @BeforeEach
    void createBoth() {
        adas = create(ada, "Ada's");
        graces = create(grace, "Grace's");
    }

    @Test
    void eachUserFindsAndListsTheirOwn() {
        assertThat(Answers.of(find(ada))).isEqualTo(adas).returns("Ada's", Task::title);
        assertThat(Answers.of(find(grace))).isEqualTo(graces).returns("Grace's", Task::title);
        assertThat(problemOf(find(margaret)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(list(ada, false)).contains(adas).doesNotContain(graces);
        assertThat(list(grace, false)).contains(graces).doesNotContain(adas);
    }

    @Test
    void eachUserUpdatesTheirOwn() {
        var title = new TaskPatch(
                Patch.absent(), Patch.to("Hers"), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());

        var updated = Answers.of(bus.ask(Tasks.UPDATE, new Tasks.Update(grace, id, Versions.ANY, title)));

        assertThat(updated.userId()).isEqualTo(grace.userId());
        assertThat(Answers.of(find(grace))).isEqualTo(updated).returns("Hers", Task::title);
        assertThat(Answers.of(find(ada))).isEqualTo(adas);
        for (var caller : List.of(ada, grace))
            assertThat(problemOf(bus.ask(Tasks.UPDATE, new Tasks.Update(caller, id, Versions.of(), title)))
                            .kind())
                    .isEqualTo(Kind.STALE);
    }

    @Test
    void eachUserDeletesAndRestoresTheirOwn() {
        delete(grace);
        assertThat(problemOf(find(grace)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(Answers.of(find(ada))).isEqualTo(adas);
        assertThat(list(grace, true)).extracting(Task::id).contains(id);
        assertThat(list(ada, true)).extracting(Task::id).doesNotContain(id);

        delete(ada);
        var restored = Answers.of(bus.ask(Tasks.RESTORE, new Tasks.Restore(grace, id)));

        assertThat(restored.userId()).isEqualTo(grace.userId());
        assertThat(Answers.of(find(grace))).isEqualTo(restored);
        assertThat(problemOf(find(ada)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    private Task create(Caller caller, String title) {
        var draft = new TaskDraft(null, title, null, null, null, null);
        return Answers.of(bus.ask(Tasks.CREATE, new Tasks.Create(caller, id, draft)));
    }

    private Future<Task> find(Caller caller) {
        return bus.ask(Tasks.FIND, new Tasks.Find(caller, id));
    }

    private void delete(Caller caller) {
        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(caller, id, Versions.ANY)));
    }

    private List<Task> list(Caller caller, boolean deleted) {
        var filter = new Tasks.Filter(null, null, null, null, null, null);
        return Answers.of(bus.ask(
                        Tasks.LIST, new Tasks.ListMine(caller, filter, deleted, new PageRequest(null, 200, Order.ASC))))
                .items();
    }
}
