package io.parley.gateway.observe;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** Where the context of a request keeps its exchange. Vert.x loads this before it makes a context. */
public final class ExchangeLocal implements VertxServiceProvider {
    static final ContextLocal<Exchange> CURRENT = ContextLocal.registerLocal(Exchange.class);

    @Override
    public void init(VertxBootstrap builder) {
        // Loading the class has registered it.
    }
}
