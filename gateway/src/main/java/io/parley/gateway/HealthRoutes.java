package io.parley.gateway;

import io.parley.contracts.Health;
import io.parley.gateway.Readiness.State;
import io.vertx.core.Future;

/** For those who run Parley: whether the process lives, and whether it can serve. */
final class HealthRoutes {
    private final Gateway gateway;
    private final HealthChecks checks;

    record Liveness(State status) {
        static final Liveness UP = new Liveness(State.UP);
    }

    HealthRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.checks = new HealthChecks(gateway.bus(), Health.MODULES);
    }

    void mount(Operations operations) {
        operations.on("live", request -> Future.succeededFuture(Liveness.UP));
        operations.on("ready", request -> checks.readiness(gateway::isOpen));
    }
}
