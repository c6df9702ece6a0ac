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

/** Answers for what has changed; the only owner of the table {@code changes}, which triggers fill. */
public final class ChangesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public ChangesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var store = new ChangeStore(database);
        return Future.all(List.of(
                bus.answer(Changes.SINCE, store::since),
                bus.answer(Purge.of("changes"), new ChangePurge(database)::purge),
                bus.answer(Health.of("changes"), check -> database.ping().map(None.NONE))));
    }
}
