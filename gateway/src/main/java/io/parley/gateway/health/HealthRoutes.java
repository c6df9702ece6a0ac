package io.parley.gateway.health;

import io.parley.contracts.Health;
import io.parley.gateway.Gateway;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.health.Readiness.State;
import io.vertx.core.Future;

/** For those who run Parley: whether the process lives, and whether it can serve. */
public final class HealthRoutes {
    private final Gateway gateway;
    private final HealthChecks checks;

    public record Liveness(State status) {
        static final Liveness UP = new Liveness(State.UP);
    }

    public HealthRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.checks = new HealthChecks(gateway.bus(), Health.MODULES);
    }

    public void mount(Operations operations) {
        operations.on("live", request -> Future.succeededFuture(Liveness.UP));
        operations.on("ready", request -> checks.readiness(gateway::isOpen));
    }
}
