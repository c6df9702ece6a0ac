package io.parley.tasks;

import io.parley.contracts.Analytics;
import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.Search;
import io.parley.contracts.Statistics;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers for tasks; the only owner of the table {@code tasks}. */
public final class TasksVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public TasksVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var tasks = new Tasklist(new TaskStore(database), new TrashStore(database), new Links(bus));
        return Future.all(List.of(
                bus.answer(Tasks.CREATE, tasks::create),
                bus.answer(Tasks.FIND, tasks::find),
                bus.answer(Tasks.LIST, tasks::list),
                bus.answer(Tasks.UPDATE, tasks::update),
                bus.answer(Tasks.DELETE, tasks::delete),
                bus.answer(Tasks.RESTORE, tasks::restore),
                bus.answer(Tasks.IMPORT, new ImportStore(database)::insert),
                bus.answer(Analytics.TASKS, new AnalyticsStore(database)::usage),
                bus.answer(Purge.of("tasks"), new PurgeStore(database)::purge),
                bus.answer(Search.of(Search.Type.TASK), new SearchStore(database)::search),
                bus.answer(Statistics.of("tasks"), new TaskFigureStore(database)::ask),
                bus.answer(Health.of("tasks"), check -> database.ping().map(None.NONE))));
    }
}
