package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasForgottenErrand;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static io.parley.testing.Fixtures.gracesErrand;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.Filter;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody sees or changes another user's tasks, or reaches another user's conversation through one. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class IsolationTest {
    private final Bus bus;

    IsolationTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
    }

    @Test
    void refusesAnotherUsersTask() {
        var asked = bus.ask(Tasks.FIND, new Tasks.Find(grace, adasPacking));
        assertThat(problemOf(asked)).returns(Kind.FORBIDDEN, Problem::kind);
    }

    @Test
    void refusesToChangeAnotherUsersTask() {
        var before = find(ada, adasPacking);

        assertThat(Stream.of(
                                bus.ask(Tasks.UPDATE, new Tasks.Update(grace, adasPacking, Versions.ANY, rename())),
                                bus.ask(Tasks.DELETE, new Tasks.Delete(grace, adasPacking, Versions.ANY)),
                                bus.ask(Tasks.RESTORE, new Tasks.Restore(grace, adasForgottenErrand)))
                        .map(refused -> problemOf(refused).kind()))
                .containsOnly(Kind.FORBIDDEN);
        assertThat(find(ada, adasPacking)).isEqualTo(before);
        assertThat(list(ada, true)).containsExactly(adasForgottenErrand);
    }

    @Test
    void refusesAdministratorsToo() {
        var asked = bus.ask(Tasks.FIND, new Tasks.Find(margaret, adasPacking));
        assertThat(problemOf(asked)).returns(Kind.FORBIDDEN, Problem::kind);
    }

    @Test
    void refusesLinksToAnotherUsersConversation() {
        var draft = new TaskDraft(gracesDiary, "Read her diary", null, null, null, null);

        assertThat(problemOf(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft))))
                .returns(Kind.FORBIDDEN, Problem::kind);
        assertThat(problemOf(bus.ask(Tasks.UPDATE, new Tasks.Update(ada, adasPacking, Versions.ANY, link()))))
                .returns(Kind.FORBIDDEN, Problem::kind);
    }

    @Test
    void listsOwnTasksAmongHundredsOfOthers(BulkRows many) {
        many.tasks(grace, 300);

        assertThat(list(ada, false)).containsExactly(adasBooking, adasPacking);
        assertThat(list(grace, false)).hasSize(200).doesNotContain(adasBooking, adasPacking);
        assertThat(list(grace, true)).isEmpty();
        assertThat(find(grace, gracesErrand).userId()).isEqualTo(grace.userId());
    }

    private Task find(Caller caller, UUID id) {
        return Answers.of(bus.ask(Tasks.FIND, new Tasks.Find(caller, id)));
    }

    private List<UUID> list(Caller caller, boolean deleted) {
        var filter = new Filter(null, null, null, null, null, null);
        var slice = new PageRequest(null, 200, Order.ASC);
        return Answers.of(bus.ask(Tasks.LIST, new Tasks.ListMine(caller, filter, deleted, slice))).items().stream()
                .map(Task::id)
                .toList();
    }

    private static TaskPatch rename() {
        return patch(Patch.absent(), Patch.to("Mine"));
    }

    private static TaskPatch link() {
        return patch(Patch.to(gracesDiary), Patch.absent());
    }

    private static TaskPatch patch(Patch<UUID> conversation, Patch<String> title) {
        return new TaskPatch(conversation, title, Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());
    }
}
