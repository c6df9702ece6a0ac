package io.parley.tasks;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TaskTrashTest {
    private final Bus bus;
    private final Database database;

    TaskTrashTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(ConversationsFake.answer(bus));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM tasks");
        run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL");
    }

    @Test
    void restoresADeletedTask() {
        var task = create("Pack", null);
        delete(task);
        assertThat(list(true)).extracting(Task::id).containsExactly(task.id());
        assertThat(problemOf(restore(grace, task)).kind()).isEqualTo(Kind.FORBIDDEN);

        var restored = Answers.of(restore(ada, task));

        assertThat(restored.deletedAt()).isNull();
        assertThat(list(true)).isEmpty();
        assertThat(list(false)).containsExactly(restored);
        assertThat(Answers.of(restore(ada, task))).isEqualTo(restored);
    }

    @Test
    void purgesTasksThatWereDeletedLongAgo() {
        delete(create("Old", null));
        run("UPDATE tasks SET deleted_at = now() - interval '31 days'");
        delete(create("Young", null));
        create("Alive", null);

        assertThat(purge(Duration.ofDays(30))).isEqualTo(new Purged(1, true));
        assertThat(purge(Duration.ofDays(30))).isEqualTo(new Purged(0, false));
        assertThat(run("SELECT 1 FROM tasks")).isEqualTo(2);
    }

    @Test
    void removesLinksToPurgedConversations() {
        create("Linked", "to the sea");
        run("UPDATE conversations SET deleted_at = now(), purged_at = now()");

        assertThat(purge(Duration.ofDays(30))).isEqualTo(new Purged(0, true));
        assertThat(list(false)).extracting(Task::conversationId).containsOnlyNulls();
    }

    @Test
    void purgesEverythingOnceIfTwoNodesPurgeAtOnce() {
        var link = "(SELECT id FROM conversations WHERE user_id = tasks.user_id AND deleted_at IS NULL LIMIT 1)";
        run("""
            INSERT INTO tasks (id, user_id, title, deleted_at)
            SELECT gen_random_uuid(), u.id, 'Old', CASE WHEN n % 2 = 0 THEN now() - interval '31 days' END
              FROM users u, generate_series(1, 20) n
            """);
        run("UPDATE tasks SET conversation_id = " + link);
        run("UPDATE conversations SET deleted_at = now(), purged_at = now()");
        int users = run("SELECT FROM users");

        var purges = Stream.generate(() -> bus.ask(Purge.of("tasks"), new Batch(Duration.ofDays(30), 100)))
                .limit(4)
                .toList();
        Answers.of(Future.join(purges).otherwiseEmpty());

        assertThat(purges.stream()
                        .filter(Future::succeeded)
                        .mapToInt(purge -> purge.result().removed())
                        .sum())
                .isLessThanOrEqualTo(10 * users);
        boolean more = true;
        while (more) more = purge(Duration.ofDays(30)).more();
        assertThat(run("SELECT 1 FROM tasks")).isEqualTo(10 * users);
        assertThat(run("SELECT 1 FROM tasks WHERE conversation_id IS NOT NULL")).isZero();
    }

    @Test
    void ranksTitlesBeforeDescriptions() {
        create("Pack", "for the lighthouse");
        create("Visit the lighthouse", null);

        assertThat(search(ada, "lighthouse")).extracting(Hit::title).containsExactly("Visit the lighthouse", "Pack");
        assertThat(search(grace, "lighthouse")).isEmpty();
        list(false).forEach(this::delete);
        assertThat(search(ada, "lighthouse")).isEmpty();
    }

    @Test
    void countsCreatedAndCompletedTasks() {
        var task = create("One", null);
        Answers.of(bus.ask(
                Tasks.CREATE, new Tasks.Create(ada, new TaskDraft(null, "Two", null, Status.COMPLETED, null, null))));
        var day = task.createdAt().truncatedTo(ChronoUnit.DAYS);

        assertThat(Answers.of(bus.ask(
                                Analytics.TASKS,
                                new Analytics.DateRange(ada, day, day.plus(2, ChronoUnit.DAYS), Bucket.DAY)))
                        .counts())
                .containsExactly(new Count(day, "completed", null, 1), new Count(day, "created", null, 2));
    }

    private Task create(String title, String description) {
        var draft = new TaskDraft(adasTripPlan, title, description, null, null, null);
        return Answers.of(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft)));
    }

    private void delete(Task task) {
        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, task.id(), Versions.ANY)));
    }

    private Future<Task> restore(Caller caller, Task task) {
        return bus.ask(Tasks.RESTORE, new Tasks.Restore(caller, task.id()));
    }

    private List<Task> list(boolean deleted) {
        var filter = new Tasks.Filter(null, null, null, null, null, null);
        return Answers.of(bus.ask(
                        Tasks.LIST, new Tasks.ListMine(ada, filter, deleted, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    private Purged purge(Duration olderThan) {
        return Answers.afterTimeouts(() -> bus.ask(Purge.of("tasks"), new Batch(olderThan, 100)));
    }

    private List<Hit> search(Caller caller, String q) {
        return Answers.of(bus.ask(Search.of(Search.Type.TASK), new Search.Query(caller, q, 10, null)))
                .hits();
    }

    private int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
