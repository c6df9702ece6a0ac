package io.parley.testing;

import io.parley.kernel.Bus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class its own {@link Vertx} and its own {@link Bus}. Every record travels
 * encoded, as between nodes; the system property {@code parley.bus.form} set to {@code reference} passes references
 * instead, as the bus does within one process.
 */
public final class BusExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(BusExtension.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        bus(context);
    }

    private static Bus bus(ExtensionContext context) {
        var vertx = SharedVertx.of(context);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(Bus.class, key -> new Bus(vertx, TIMEOUT, form()), Bus.class);
    }

    private static Bus.Form form() {
        return Bus.Form.valueOf(System.getProperty("parley.bus.form", "wire").toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Bus.class || type == Vertx.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Vertx.class ? SharedVertx.of(context) : bus(context);
    }
}
