package io.parley.gateway;

import io.parley.kernel.Bus;
import io.vertx.core.Vertx;

/** What all instances of the gateway in one process share. */
public final class Gateway {
    final Bus bus;
    final GatewaySettings settings;

    private volatile boolean draining;

    /** Reads the contract, which takes a while: not for an event loop. */
    public Gateway(Vertx vertx, Bus bus, GatewaySettings settings) {
        this.bus = bus;
        this.settings = settings;
    }

    /** A new instance; any number of them share the port. */
    public GatewayVerticle verticle() {
        return new GatewayVerticle(this);
    }

    /** From now on the gateway says that it is not ready, and goes on answering. */
    public void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }
}
