package io.parley.gateway.health;

import io.parley.contracts.Health;
import io.parley.gateway.health.Readiness.State;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks modules over the bus whether they can work. */
final class HealthChecks {
    // Less than the time-outs of common probes, so that a probe receives which module is down.
    private static final long TIMEOUT_SECONDS = 2;

    private final Bus bus;
    private final List<String> modules;

    HealthChecks(Bus bus, List<String> modules) {
        this.bus = bus;
        this.modules = modules;
    }

    /** @param isOpen whether the process itself is ready; read after all modules have answered */
    Future<Readiness> readiness(BooleanSupplier isOpen) {
        var checks = modules.stream().map(this::check).toList();
        return Future.all(checks).map(done -> {
            Map<String, State> states = new LinkedHashMap<>();
            for (int i = 0; i < checks.size(); i++)
                states.put(modules.get(i), checks.get(i).result());
            boolean isUp = isOpen.getAsBoolean() && !states.containsValue(State.DOWN);
            return new Readiness(State.of(isUp), states);
        });
    }

    private Future<State> check(String module) {
        return bus.ask(Health.of(module), new Health.Check())
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .map(done -> State.UP)
                .otherwise(State.DOWN);
    }
}
