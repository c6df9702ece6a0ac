package io.parley.config.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns at most once a minute that spans could not be sent. They are lost then. */
final class ReportedExporter implements SpanExporter {
    private static final Logger log = LoggerFactory.getLogger(ReportedExporter.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final SpanExporter exporter;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    ReportedExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess()) warn();
        });
        return result;
    }

    private void warn() {
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + PAUSE_NANOS))
            log.warn("Traces cannot be sent to the collector (traces.endpoint); they are dropped until it answers");
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
