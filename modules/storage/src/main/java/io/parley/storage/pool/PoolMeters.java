package io.parley.storage.pool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.parley.kernel.telemetry.Buckets;
import io.parley.kernel.telemetry.Meters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What the slices of one pool measure together. */
final class PoolMeters {
    /** The pool that answers requests. */
    static final String PRIMARY = "primary";

    /** The pool for what crosses users. */
    static final String SYSTEM = "system";

    private static final String TARGET = "target";

    private final Timer wait;
    private final Timer query;
    private final Counter refused;

    /** @param target which of the process's pools it is, from a closed list */
    PoolMeters(String target) {
        this.wait = Meters.timer(
                "parley.db.wait", "How long statements wait for a connection.", Buckets.DATABASE, TARGET, target);
        this.query = Meters.timer(
                "parley.db.query.duration", "How long statements hold a connection.", Buckets.DATABASE, TARGET, target);
        this.refused = Meters.counter(
                "parley.db.refused", "Statements that were refused because the queue was full.", TARGET, target);
    }

    /** Measures the slices from now on. */
    static void watch(String target, List<PoolSlice> slices) {
        var connections = "parley.db.connections";
        var help = "Open connections.";
        Meters.gauge(connections, help, () -> sum(slices, PoolSlice::used), TARGET, target, "state", "used");
        Meters.gauge(connections, help, () -> sum(slices, PoolSlice::idle), TARGET, target, "state", "idle");
        Meters.gauge(
                "parley.db.connections.max",
                "The largest number of connections.",
                () -> sum(slices, PoolSlice::size),
                TARGET,
                target);
        Meters.gauge(
                "parley.db.waiting",
                "Statements that wait for a connection.",
                () -> sum(slices, PoolSlice::waiting),
                TARGET,
                target);
    }

    private static long sum(List<PoolSlice> slices, ToLongFunction<PoolSlice> number) {
        return slices.stream().mapToLong(number).sum();
    }

    void started(long waitedNanos) {
        wait.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void ended(long nanos) {
        query.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }
}
