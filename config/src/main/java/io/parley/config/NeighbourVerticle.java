package io.parley.config;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Keeps this node in touch with the others. */
final class NeighbourVerticle extends VerticleBase {
    private final Bus bus;

    NeighbourVerticle(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Future<?> start() {
        return bus.join();
    }
}
