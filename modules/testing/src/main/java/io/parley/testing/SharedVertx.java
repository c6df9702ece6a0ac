package io.parley.testing;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The only Vert.x of a test class, shared by its extensions and closed last. */
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
