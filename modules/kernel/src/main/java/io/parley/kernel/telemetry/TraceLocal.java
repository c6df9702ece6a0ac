package io.parley.kernel.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** Where a Vert.x context keeps its trace. Vert.x has to know of it before the first context is made, so it loads this as a service. */
public final class TraceLocal implements VertxServiceProvider {
    static final ContextLocal<SpanContext> CURRENT = ContextLocal.registerLocal(SpanContext.class);

    @Override
    public void init(VertxBootstrap builder) {
        // Loading the class has registered it.
    }
}
