package io.parley.config;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Keeps this node in touch with the others. */
final class NeighbourVerticle extends VerticleBase {
    private final Bus bus;
    private final String name;

    NeighbourVerticle(Bus bus, String name) {
        this.bus = bus;
        this.name = name;
    }

    @Override
    public Future<?> start() {
        return bus.join(name);
    }
}
