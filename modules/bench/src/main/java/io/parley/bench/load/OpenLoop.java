package io.parley.bench.load;

import io.parley.bench.subject.Blocking;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed rate, however slow the responses are. Each is timed from when it was due, so that a stall counts
 * against every request that it delayed (Gil Tene, "How NOT to Measure Latency").
 */
public final class OpenLoop {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    // The timers of an event loop tick once a millisecond, as long as many responses take, so a thread sets the pace.
    // Waking an event loop for each request would be a load of its own.
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    /** In microseconds. */
    public final Histogram latency = new Histogram(HIGHEST_MICROS, 3);

    private final LongFunction<Future<?>> sender;
    private final double nanosBetween;
    private final long total;
    private final Promise<OpenLoop> done = Promise.promise();
    private volatile long startedAt;
    private long completed;
    private long failed;
    private @Nullable Throwable failure;

    private OpenLoop(LongFunction<Future<?>> sender, double rate, Duration time) {
        this.sender = sender;
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / rate;
        this.total = (long) (rate * time.toSeconds());
    }

    /**
     * @param sender sends the request with this number
     * @param rate requests a second
     */
    public static Future<OpenLoop> run(Vertx vertx, LongFunction<Future<?>> sender, double rate, Duration time) {
        var loop = new OpenLoop(sender, rate, time);
        var pacer = new Thread(() -> loop.send(contexts(vertx)), "pacer");
        pacer.setDaemon(true);
        pacer.start();
        return loop.done.future();
    }

    // The contexts of two event loops: Vert.x assigns loops to verticles in turn.
    private static List<Context> contexts(Vertx vertx) {
        var contexts = new ArrayList<Context>();
        for (int loop = 0; loop < 2; loop++)
            Blocking.await(vertx.deployVerticle(context -> Future.succeededFuture(contexts.add(context))));
        return contexts;
    }

    private void send(List<Context> contexts) {
        startedAt = System.nanoTime();
        long sent = 0;
        for (int tick = 0; sent < total; tick++) {
            long first = sent;
            while (sent < total && System.nanoTime() >= due(sent)) sent++;
            long end = sent;
            if (end > first) contexts.get(tick % contexts.size()).runOnContext(go -> send(first, end));
            LockSupport.parkNanos(Math.max(TICK_NANOS, due(sent) - System.nanoTime()));
        }
    }

    private void send(long first, long end) {
        for (long number = first; number < end; number++) {
            long due = due(number);
            sender.apply(number).onComplete(response -> completed(due, response.cause()));
        }
    }

    private long due(long number) {
        return startedAt + (long) (number * nanosBetween);
    }

    private synchronized void completed(long due, @Nullable Throwable cause) {
        latency.recordValue(Math.min(HIGHEST_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due)));
        if (cause != null && failed++ == 0) failure = cause;
        if (++completed == total) done.complete(this);
    }

    /** The first failure, if any. */
    public @Nullable Throwable failure() {
        return failure;
    }

    public long failed() {
        return failed;
    }

    public double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }
}
