package io.parley.retries;

import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.retries.Retries;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Answers for requests that come again; the only owner of the table {@code idempotency_keys}. */
public final class RetriesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public RetriesVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var keys = new Keys(new KeyStore(database));
        return Future.all(List.of(
                bus.answer(Retries.BEGIN, keys::begin),
                bus.answer(Retries.FINISH, keys::finish),
                bus.answer(Retries.RELEASE, keys::release),
                bus.answer(Purge.of("retries"), new PurgeStore(database)::purge),
                bus.answer(Health.of("retries"), check -> database.ping().map(None.NONE))));
    }
}
