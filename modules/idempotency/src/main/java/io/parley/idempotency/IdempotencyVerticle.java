package io.parley.idempotency;

import io.parley.contracts.Health;
import io.parley.contracts.Purge;
import io.parley.contracts.idempotency.Idempotency;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * Answers every request about idempotency keys. Only this module accesses the table {@code idempotency_keys}.
 */
public final class IdempotencyVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public IdempotencyVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        var store = new IdempotencyStore(database);
        var rules = new IdempotencyRules(store);
        return Future.all(List.of(
                bus.answer(Idempotency.BEGIN, rules::begin),
                bus.answer(Idempotency.FINISH, store::finish),
                bus.answer(Idempotency.RELEASE, rules::release),
                bus.answer(Purge.of("idempotency"), new IdempotencyPurge(database)::purge),
                bus.answer(Health.of("idempotency"), check -> database.ping().map(None.NONE))));
    }
}
