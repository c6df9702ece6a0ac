package io.parley.kernel.replicas;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** Where a Vert.x context keeps whether it may read at a replica. Vert.x loads it as a service, before the first context is made. */
public final class ReplicaReadsLocal implements VertxServiceProvider {
    static final ContextLocal<Boolean> ALLOWED = ContextLocal.registerLocal(Boolean.class);

    @Override
    public void init(VertxBootstrap builder) {
        // Loading the class has registered it.
    }
}
