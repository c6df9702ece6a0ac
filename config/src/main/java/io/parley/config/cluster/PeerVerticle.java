package io.parley.config.cluster;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Exchanges heartbeats with the other nodes. */
public final class PeerVerticle extends VerticleBase {
    private final Bus bus;
    private final String node;

    /** @param node the name of this node in the others' logs */
    public PeerVerticle(Bus bus, String node) {
        this.bus = bus;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        return bus.join(node);
    }
}
