package io.parley.audit;

import io.parley.contracts.Health;
import io.parley.contracts.audit.Audit;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;

/**
 * Answers every request about security events. Only this module accesses the table {@code security_events}; others append to it with
 * the function {@code record_security_event}.
 */
public final class AuditVerticle extends VerticleBase {
    private static final Duration FIRST_PRUNING = Duration.ofMinutes(1);
    private static final Duration PRUNING_INTERVAL = Duration.ofHours(1);

    private final Bus bus;
    private final Database database;
    private final AuditSettings settings;

    public AuditVerticle(Bus bus, Database database, AuditSettings settings) {
        this.bus = bus;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        var rules = new AuditRules(bus, new AuditStore(database));
        var check = new ChainCheck(new ChainStore(database));
        var pruning = new PruningStore(database, settings);
        vertx.setPeriodic(FIRST_PRUNING.toMillis(), PRUNING_INTERVAL.toMillis(), timer -> pruning.prune());
        return Future.all(List.of(
                bus.answer(
                        Audit.APPEND,
                        command -> database.record(command.event()).map(None.NONE)),
                bus.answer(Audit.LIST_OWN, rules::listOwn),
                bus.answer(Audit.LIST, rules::list),
                bus.answer(Audit.CHECK, check::check),
                bus.answer(Health.of("audit"), query -> database.ping().map(None.NONE))));
    }
}
