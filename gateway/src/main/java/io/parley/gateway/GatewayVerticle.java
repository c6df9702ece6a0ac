package io.parley.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Listens for HTTP. When it is undeployed, the requests in flight may finish. */
public final class GatewayVerticle extends VerticleBase {
    private final Gateway gateway;

    GatewayVerticle(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The port that it listens on, once it is deployed. */
    public int port() {
        return gateway.settings.port();
    }

    @Override
    public Future<?> start() {
        return Future.succeededFuture();
    }
}
