package io.parley.changes;

import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.changes.Changes;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers every request about changes. Only this module reads the table {@code changes}; triggers fill it. */
public final class ChangesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public ChangesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(Changes.SINCE, new ChangeStore(database)::since),
                bus.answer(Purge.of("changes"), new ChangePurge(database)::purge),
                bus.answer(Health.of("changes"), check -> database.ping().map(None.NONE))));
    }
}
