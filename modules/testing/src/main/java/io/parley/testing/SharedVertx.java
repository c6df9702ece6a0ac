package io.parley.testing;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one Vert.x of a test class, whichever extension needs it first; closed after what was made with it. */
public record SharedVertx(Vertx vertx) implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(SharedVertx.class);

    public static Vertx of(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(SharedVertx.class, key -> new SharedVertx(Vertx.vertx()), SharedVertx.class)
                .vertx();
    }

    @Override
    public void close() {
        Answers.of(vertx.close());
    }
}
