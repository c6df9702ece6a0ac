package io.parley.kernel.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * Makes the meters of this process. They are in Micrometer's global registry, which passes values on to nobody until a registry is added
 * to it: without {@code management.port} nothing is kept. A meter is looked up by name and labels, so keep what is used often. No label may
 * have a value that a client can choose.
 */
public final class Meters {
    /** @param labels names and values by turns */
    public static Timer timer(String name, String help, Buckets buckets, String... labels) {
        return Timer.builder(name)
                .description(help)
                .serviceLevelObjectives(buckets.bounds())
                .tags(labels)
                .register(Metrics.globalRegistry);
    }

    /** @param labels names and values by turns */
    public static Counter counter(String name, String help, String... labels) {
        return Counter.builder(name).description(help).tags(labels).register(Metrics.globalRegistry);
    }

    /** A count that somebody else keeps; it never becomes smaller. */
    public static void count(String name, String help, Supplier<Number> value) {
        FunctionCounter.builder(name, value, each -> each.get().doubleValue())
                .description(help)
                .register(Metrics.globalRegistry);
    }

    /** A value that is read when somebody asks for it, from any thread. */
    public static void gauge(String name, String help, Supplier<Number> value, String... labels) {
        Gauge.builder(name, value)
                .description(help)
                .strongReference(true)
                .tags(labels)
                .register(Metrics.globalRegistry);
    }

    private Meters() {}
}
