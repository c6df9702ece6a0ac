package io.parley.config.telemetry;

import io.micrometer.core.instrument.Counter;
import io.parley.kernel.telemetry.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of scheduled backups of the embedded PostgreSQL. There are no values before the first backup. */
public final class BackupMeters {
    private final AtomicReference<Double> succeededAt = gauge(
            "parley.backup.last.success.timestamp.seconds", "When a scheduled backup has succeeded last.");
    private final AtomicReference<Double> seconds =
            gauge("parley.backup.last.duration.seconds", "How long the last successful backup took.");
    private final AtomicReference<Double> bytes =
            gauge("parley.backup.last.size.bytes", "Size of the file of the last successful backup.");
    private final Counter failures = Meters.counter("parley.backup.failures", "Scheduled backups that have failed.");

    private static AtomicReference<Double> gauge(String name, String help) {
        var value = new AtomicReference<>(Double.NaN);
        Meters.gauge(name, help, value::get);
        return value;
    }

    public void succeeded(Duration took, long size) {
        succeededAt.set(System.currentTimeMillis() / 1e3);
        seconds.set(took.toNanos() / 1e9);
        bytes.set((double) size);
    }

    public void failed() {
        failures.increment();
    }
}
