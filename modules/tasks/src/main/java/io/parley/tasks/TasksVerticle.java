package io.parley.tasks;

import io.parley.contracts.Analytics;
import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Statistics;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.search.Search;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.parley.storage.TableFigures.State;
import io.parley.storage.quota.StorageQuota;
import io.parley.storage.quota.StoredAmount;
import io.parley.storage.sealing.EncryptionChoice;
import io.parley.storage.sealing.UnsearchedRows;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;

/** Answers every request about tasks. Only this module accesses the table {@code tasks}. */
public final class TasksVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final Clock clock;

    public TasksVerticle(Bus bus, Database database) {
        this(bus, database, Clock.systemUTC());
    }

    /** @param clock says what today is */
    TasksVerticle(Bus bus, Database database, Clock clock) {
        this.bus = bus;
        this.database = database.replicated().sealing("tasks", "id");
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        var store = new TaskStore(database);
        var encryption = new EncryptionChoice(bus, database.keys());
        var rules = new TaskRules(bus, store, encryption);
        var trash = new TaskTrash(database, store);
        var sorted = new SortedTasks(database);
        var quota = new StorageQuota(bus);
        return Future.all(List.of(
                quota.follow(),
                bus.answer(Tasks.CREATE, quota.before(TaskNeeds::of, rules::create)),
                bus.answer(Tasks.FIND, store::find),
                bus.answer(Tasks.LIST, query -> list(query, store, trash)),
                bus.answer(
                        Tasks.LIST_SORTED,
                        query -> TaskDays.of(bus, clock, query).compose(days -> sorted.list(query, days))),
                bus.answer(Tasks.UPDATE, quota.before(TaskNeeds::of, rules::update)),
                bus.answer(Tasks.DELETE, trash::delete),
                bus.answer(Tasks.RESTORE, trash::restore),
                bus.answer(Tasks.IMPORT, quota.before(TaskNeeds::of, new TaskImports(database, encryption)::insert)),
                bus.answer(Analytics.TASKS, new TaskUsage(database)::usage),
                bus.answer(Purge.of("tasks"), new TaskPurge(database)::purge),
                bus.answer(Search.of(Search.Type.TASK), new TaskSearch(database)::search),
                bus.answer(Search.unsearched(Search.Type.TASK), new UnsearchedRows(database, "tasks")::count),
                bus.answer(Stored.of("tasks"), new StoredAmount(database, "tasks")::count),
                bus.answer(Statistics.of("tasks"), figures()::find),
                bus.answer(Health.of("tasks"), check -> database.ping().map(None.NONE))));
    }

    private Future<Page<Task>> list(Tasks.ListMine query, TaskStore store, TaskTrash trash) {
        return TaskDays.of(bus, clock, query)
                .compose(days -> query.deleted() ? trash.list(query, days) : store.list(query, days));
    }

    private TableFigures figures() {
        return new TableFigures(
                database,
                "tasks",
                List.of(),
                List.of(
                        new State("pending", "status = 'pending' AND deleted_at IS NULL"),
                        new State("in_progress", "status = 'in_progress' AND deleted_at IS NULL"),
                        new State("completed", "status = 'completed' AND deleted_at IS NULL"),
                        new State("deleted", "deleted_at IS NOT NULL")));
    }
}
