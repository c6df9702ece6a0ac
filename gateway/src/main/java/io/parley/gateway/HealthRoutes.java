package io.parley.gateway;

import io.parley.contracts.Health;
import io.parley.gateway.Readiness.State;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** For those who run Parley: whether the process lives, and whether it can serve. */
final class HealthRoutes {
    // Below the time-outs of common probes, so that they read which module it is.
    private static final long PATIENCE_SECONDS = 2;

    private final Gateway gateway;
    private final Bus bus;

    private record Liveness(State status) {}

    HealthRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.bus = gateway.bus();
    }

    void mount(Operations operations) {
        operations.on("live", request -> Future.succeededFuture(new Liveness(State.UP)));
        operations.on("ready", request -> readiness());
    }

    private Future<Readiness> readiness() {
        var checks = Health.MODULES.stream().map(this::check).toList();
        return Future.all(checks).map(done -> {
            Map<String, State> states = new LinkedHashMap<>();
            for (int i = 0; i < checks.size(); i++)
                states.put(Health.MODULES.get(i), checks.get(i).result());
            boolean isUp = gateway.isOpen() && !states.containsValue(State.DOWN);
            return new Readiness(State.of(isUp), states);
        });
    }

    private Future<State> check(String module) {
        return bus.ask(Health.of(module), new Health.Check())
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(done -> State.UP)
                .otherwise(State.DOWN);
    }
}
