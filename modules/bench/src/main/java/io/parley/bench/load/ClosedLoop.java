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

/** Full load: each of a number of workers sends its next request as soon as it has the response to the last one. */
public final class ClosedLoop {
    private final LongFunction<Future<?>> sender;
    private final long end;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger workers;
    private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final Promise<Result> done = Promise.promise();
    private final long startedAt = System.nanoTime();

    /**
     * @param latency in microseconds
     * @param failed how many requests failed
     * @param failure the first of them
     */
    public record Result(
            double perSecond,
            Histogram latency,
            long failed,
            @Nullable Throwable failure) {
        /** @throws IllegalStateException if a request failed: refusals are answered faster than work */
        public Result allSucceeded() {
            if (failed > 0) throw new IllegalStateException(failed + " requests failed", failure);
            return this;
        }

        public double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    private ClosedLoop(LongFunction<Future<?>> sender, int workers, Duration time) {
        this.sender = sender;
        this.workers = new AtomicInteger(workers);
        this.end = startedAt + time.toNanos();
    }

    public static Result run(Vertx vertx, LongFunction<Future<?>> sender, int workers, Duration time) {
        var loop = new ClosedLoop(sender, workers, time);
        for (int worker = 0; worker < workers; worker++) {
            // As verticles they are spread over the event loops.
            vertx.deployVerticle(context -> {
                loop.sendNext();
                return Future.succeededFuture();
            });
        }
        return Blocking.await(loop.done.future());
    }

    private void sendNext() {
        long sentAt = System.nanoTime();
        if (sentAt >= end) {
            if (workers.decrementAndGet() == 0) finish();
            return;
        }
        sender.apply(number.getAndIncrement()).onComplete(response -> {
            latency.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentAt));
            if (response.failed()) fail(response.cause());
            sendNext();
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
