package io.parley.config.telemetry;

import io.micrometer.core.instrument.Counter;
import io.parley.kernel.telemetry.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of scheduled backups of the embedded PostgreSQL. There are no values before the first backup. */
public final class BackupMeters {
    private static final AtomicReference<Double> SUCCEEDED_AT =
            gauge("parley.backup.last.success.timestamp.seconds", "When a scheduled backup has succeeded last.");
    private static final AtomicReference<Double> SECONDS =
            gauge("parley.backup.last.duration.seconds", "How long the last successful backup took.");
    private static final AtomicReference<Double> BYTES =
            gauge("parley.backup.last.size.bytes", "Size of the file of the last successful backup.");
    private static final Counter FAILURES =
            Meters.counter("parley.backup.failures", "Scheduled backups that have failed.");

    private static AtomicReference<Double> gauge(String name, String help) {
        var value = new AtomicReference<>(Double.NaN);
        Meters.gauge(name, help, value::get);
        return value;
    }

    /** Makes the meters. */
    public static void announce() {
        FAILURES.increment(0);
    }

    public static void succeeded(Duration took, long size) {
        SUCCEEDED_AT.set(System.currentTimeMillis() / 1e3);
        SECONDS.set(took.toNanos() / 1e9);
        BYTES.set((double) size);
    }

    public static void failed() {
        FAILURES.increment();
    }

    private BackupMeters() {}
}
