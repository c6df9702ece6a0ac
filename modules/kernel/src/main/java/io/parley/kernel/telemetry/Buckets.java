package io.parley.kernel.telemetry;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** The upper bounds of histograms. */
public final class Buckets {
    /** OpenTelemetry's advice for HTTP, and two below it, because most answers take less than 5 ms. */
    public static final Buckets REQUESTS =
            seconds(.001, .0025, .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10);

    public static final Buckets DATABASE = seconds(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5);

    /** For what waits for a model. */
    public static final Buckets MODELS = seconds(.1, .25, .5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300);

    private final Duration[] bounds;

    private Buckets(Duration... bounds) {
        this.bounds = bounds;
    }

    private static Buckets seconds(double... bounds) {
        return new Buckets(DoubleStream.of(bounds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toArray(Duration[]::new));
    }

    Duration[] bounds() {
        return bounds.clone();
    }
}
