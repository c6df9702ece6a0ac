package io.parley.bench.load;

import io.parley.bench.subject.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** As many requests as are answered: each of a number of askers asks again as soon as it has its answer. */
public final class ClosedLoop {
    private final LongFunction<Future<?>> asking;
    private final long end;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger askers;
    private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final Promise<Result> done = Promise.promise();
    private final long startedAt = System.nanoTime();

    /**
     * @param latency in microseconds
     * @param failure the first one, where there was one
     */
    public record Result(
            double perSecond,
            Histogram latency,
            long failed,
            @Nullable Throwable failure) {
        public double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    private ClosedLoop(LongFunction<Future<?>> asking, int askers, Duration time) {
        this.asking = asking;
        this.askers = new AtomicInteger(askers);
        this.end = startedAt + time.toNanos();
    }

    public static Result run(Vertx vertx, LongFunction<Future<?>> asking, int askers, Duration time) {
        var loop = new ClosedLoop(asking, askers, time);
        for (int asker = 0; asker < askers; asker++) {
            // Each on an event loop of its own, as far as there are some.
            vertx.deployVerticle(context -> {
                loop.ask();
                return Future.succeededFuture();
            });
        }
        return Blocking.await(loop.done.future());
    }

    private void ask() {
        long sentAt = System.nanoTime();
        if (sentAt >= end) {
            if (askers.decrementAndGet() == 0) finish();
            return;
        }
        asking.apply(number.getAndIncrement()).onComplete(answer -> {
            latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentAt));
            if (answer.failed()) fail(answer.cause());
            ask();
        });
    }

    private void fail(Throwable cause) {
        failed.incrementAndGet();
        failure.compareAndSet(null, cause);
    }

    private void finish() {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        done.complete(new Result(latency.getTotalCount() / seconds, latency, failed.get(), failure.get()));
    }
}
