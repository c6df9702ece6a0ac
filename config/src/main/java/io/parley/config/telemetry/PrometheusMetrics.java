package io.parley.config.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;

/** Keeps the values of all meters of this process for Prometheus. */
public final class PrometheusMetrics implements AutoCloseable {
    /** Their names break the rules that promtool checks. */
    private static final Set<String> DENIED = Set.of("process.cpu.time", "system.cpu.count");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** From now on values are kept. */
    public static PrometheusMetrics start() {
        var metrics = new PrometheusMetrics();
        metrics.bind();
        Metrics.addRegistry(metrics.registry);
        return metrics;
    }

    private PrometheusMetrics() {}

    private void bind() {
        registry.config().meterFilter(MeterFilter.deny(PrometheusMetrics::isDenied));
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                collections,
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new JvmInfoMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    private static boolean isDenied(Meter.Id id) {
        return DENIED.contains(id.getName());
    }

    /** The page of a content type: Prometheus' text or OpenMetrics. */
    public String page(String type) {
        return registry.scrape(type);
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        collections.close();
        registry.close();
    }
}
