package io.parley.gateway.health;

import io.parley.contracts.Health;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** The health of a process with a gateway. */
public final class HealthRoutes {
    private final HealthChecks checks;
    private final BooleanSupplier isOpen;

    /** @param isOpen whether the gateway itself is ready for requests */
    public HealthRoutes(Bus bus, BooleanSupplier isOpen) {
        this.checks = new HealthChecks(bus, Health.MODULES);
        this.isOpen = isOpen;
    }

    public void mount(Operations operations) {
        operations.on("live", request -> Future.succeededFuture(Liveness.UP));
        operations.on("ready", request -> checks.readiness(isOpen).map(Readiness::answer));
    }
}
