package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed rate, however slowly they are answered. Each is timed from when it was due, so that a stall counts
 * against every request that it delayed (Gil Tene, "How NOT to Measure Latency").
 */
final class OpenLoop {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    /** In microseconds. */
    final Histogram latency = new Histogram(HIGHEST_MICROS, 3);

    private final LongFunction<Future<?>> asking;
    private final double nanosBetween;
    private final long total;
    private final Promise<OpenLoop> done = Promise.promise();
    private long startedAt;
    private long sent;
    private long answered;
    private long failed;
    private @Nullable Throwable failure;

    private OpenLoop(LongFunction<Future<?>> asking, double rate, Duration time) {
        this.asking = asking;
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
        this.total = (long) (rate * time.toSeconds());
    }

    /**
     * @param asking sends the request of a number
     * @param rate requests a second
     */
    static Future<OpenLoop> run(Vertx vertx, LongFunction<Future<?>> asking, double rate, Duration time) {
        var loop = new OpenLoop(asking, rate, time);
        vertx.runOnContext(begin -> {
            loop.startedAt = System.nanoTime();
            long timer = vertx.setPeriodic(1, tick -> loop.send());
            loop.done.future().onComplete(done -> vertx.cancelTimer(timer));
        });
        return loop.done.future();
    }

    private void send() {
        while (sent < total && System.nanoTime() >= due(sent)) {
            long due = due(sent);
            asking.apply(sent++).onComplete(answer -> answered(due, answer.cause()));
        }
    }

    private long due(long number) {
        return startedAt + (long) (number * nanosBetween);
    }

    private synchronized void answered(long due, @Nullable Throwable cause) {
        latency.recordValue(Math.min(HIGHEST_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due)));
        if (cause != null && failed++ == 0) failure = cause;
        if (++answered == total) done.complete(this);
    }

    /** The first one, where there was one. */
    @Nullable Throwable failure() {
        return failure;
    }

    long failed() {
        return failed;
    }

    double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }
}
