package io.parley.config.cluster;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Keeps this node in touch with the others. */
public final class PeerVerticle extends VerticleBase {
    private final Bus bus;
    private final String name;

    public PeerVerticle(Bus bus, String name) {
        this.bus = bus;
        this.name = name;
    }

    @Override
    public Future<?> start() {
        return bus.join(name);
    }
}
