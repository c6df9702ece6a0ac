package io.parley.config.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.parley.config.settings.operations.TraceSettings;
import io.parley.kernel.telemetry.Traces;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Sends traces to a collector, with OTLP over HTTP. OpenTelemetry's own variables hold for what no setting says. */
public final class Tracing implements AutoCloseable {
    /** The last spans of a process that stops. */
    private static final long LAST_SPANS_SECONDS = 3;

    /** It would write to standard error what {@link ReportedExporter} reports. Kept, because loggers are collected. */
    private static final Logger OWN_LOG = Logger.getLogger("io.opentelemetry");

    private static final Map<String, String> DEFAULTS =
            Map.of("otel.service.name", "parley", "otel.bsp.schedule.delay", "1000");

    private final OpenTelemetrySdk sdk;

    private Tracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Begins, if a collector is set and OpenTelemetry is not disabled.
     *
     * @param version of this build
     */
    public static Optional<Tracing> start(TraceSettings settings, Map<String, String> environment, String version) {
        boolean hasCollector = settings.endpoint().isPresent()
                || Stream.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        boolean isDisabled = "true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"));
        if (!hasCollector || isDisabled) return Optional.empty();
        OWN_LOG.setLevel(Level.OFF);
        var sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addPropertiesCustomizer(known -> properties(settings))
                .addResourceCustomizer((resource, known) -> Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.version"), version))
                        .merge(resource))
                .addTracerProviderCustomizer((provider, known) -> provider.setIdGenerator(new TraceIds()))
                .addSpanExporterCustomizer((exporter, known) -> new ReportedExporter(exporter))
                .build()
                .getOpenTelemetrySdk();
        Traces.record(sdk.getTracer("io.parley"));
        return Optional.of(new Tracing(sdk));
    }

    private static Map<String, String> properties(TraceSettings settings) {
        var properties = new HashMap<>(Map.of(
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.traces.protocol", "http/protobuf"));
        settings.endpoint().ifPresent(url -> properties.put("otel.exporter.otlp.traces.endpoint", url.toString()));
        settings.share().ifPresent(share -> {
            properties.put("otel.traces.sampler", "parentbased_traceidratio");
            properties.put("otel.traces.sampler.arg", share.toString());
        });
        return properties;
    }

    /** Sends the last spans, if the collector answers. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
    }
}
