package io.parley.retention;

import io.parley.contracts.Purge;
import io.parley.kernel.telemetry.Meters;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what purges delete. */
final class PurgeMeters {
    private static final AtomicReference<Double> LAST_SUCCESS = new AtomicReference<>(Double.NaN);

    /** Makes the meters. There is no last success before the first one. */
    static void announce() {
        Purge.MODULES.forEach(module -> purged(module, 0));
        Meters.gauge(
                "parley.purge.last.success.timestamp.seconds", "When a purge has succeeded last.", LAST_SUCCESS::get);
    }

    static void purged(Map<String, Long> rowsByModule) {
        rowsByModule.forEach(PurgeMeters::purged);
        LAST_SUCCESS.set(System.currentTimeMillis() / 1000.0);
    }

    private static void purged(String module, long rows) {
        Meters.counter("parley.purged.rows", "Rows that purges have deleted.", "table", module)
                .increment((double) rows);
    }

    private PurgeMeters() {}
}
