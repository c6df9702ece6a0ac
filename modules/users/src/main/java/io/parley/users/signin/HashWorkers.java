package io.parley.users.signin;

import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs what takes a core for a while, a few jobs at once, so that no address has to wait for all jobs of another one. */
final class HashWorkers {
    /** Half of the request time-out. Work on a request that has timed out would delay all others. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final int maxRunning;
    private final FairQueue<Job<?>> queue;
    private final Duration longestWait;
    private int running;

    private record Job<T>(Context context, Callable<T> work, Promise<T> result, long since) {
        // In the context of the asker, like every answer.
        Future<T> start(WorkerExecutor workers) {
            context.runOnContext(started -> Future.succeededFuture()
                    .compose(open -> workers.executeBlocking(work, false))
                    .onComplete(result));
            return result.future();
        }

        boolean hasWaited(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }

        void refuse() {
            context.runOnContext(refused -> result.fail(Problem.overloaded()));
        }
    }

    HashWorkers(Vertx vertx, PasswordSettings settings) {
        this(vertx, settings, LONGEST_WAIT);
    }

    HashWorkers(Vertx vertx, PasswordSettings settings, Duration longestWait) {
        this.vertx = vertx;
        this.workers = vertx.createSharedWorkerExecutor("passwords", settings.workers());
        this.maxRunning = settings.workers();
        this.queue = new FairQueue<>(settings.queue());
        this.longestWait = longestWait;
    }

    /** Fails overloaded if the job does not fit into the queue, has to give way to another address, or has waited too long. */
    <T> Future<T> run(ClientNetwork client, Callable<T> work) {
        var job = new Job<>(vertx.getOrCreateContext(), work, Promise.<T>promise(), System.nanoTime());
        add(client, job).ifPresent(Job::refuse);
        startNext();
        return job.result().future();
    }

    private void startNext() {
        next().ifPresent(job -> job.start(workers).onComplete(done -> {
            finished();
            startNext();
        }));
    }

    private synchronized Optional<Job<?>> add(ClientNetwork client, Job<?> job) {
        return queue.add(client, job);
    }

    private synchronized Optional<Job<?>> next() {
        if (running == maxRunning) return Optional.empty();
        var next = queue.next();
        while (next.isPresent() && next.get().hasWaited(longestWait)) {
            next.get().refuse();
            next = queue.next();
        }
        if (next.isPresent()) running++;
        return next;
    }

    private synchronized void finished() {
        running--;
    }
}
