package io.parley.gateway.routes.transfer;

import io.parley.gateway.http.Upload;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Slots;
import io.parley.transfer.ImportLimits;
import io.parley.transfer.archive.ArchiveLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The imports of this process. One user has so many at once, any more are refused. All users together have as many as there is
 * memory for, and the others wait.
 */
public final class RunningImports {
    /** In bytes: a message of 16 MiB can be in memory as text and as a tree. */
    private static final long MEMORY = 32L * 1024 * 1024;

    private static final int MOST_WAITING = 1000;

    private final ImportLimits limits;
    private final Function<Caller, OptionalLong> chosenBytes;
    private final Slots slots;
    private final ConcurrentMap<UUID, Integer> running = new ConcurrentHashMap<>();

    /** @param chosenBytes of one import, where an administrator has chosen that */
    public RunningImports(Vertx vertx, ImportLimits limits, Function<Caller, OptionalLong> chosenBytes) {
        this.limits = limits;
        this.chosenBytes = chosenBytes;
        this.slots = new Slots(vertx, Slots.inQuarterOfHeap(MEMORY), MOST_WAITING);
    }

    ArchiveLimits archiveLimits() {
        return limits.archive();
    }

    /** How many bytes one import of the user may have. */
    long maxBytes(Caller caller) {
        return chosenBytes.apply(caller).orElse(limits.bytes());
    }

    /** Fails limited if the user has too many. */
    <T> Future<T> run(UUID userId, Upload upload, Supplier<Future<T>> work) {
        if (running.merge(userId, 1, Integer::sum) > limits.atOnce()) {
            ended(userId);
            return Future.failedFuture(
                    Problem.limited("imports", "An import is running already.", Duration.ofSeconds(1)));
        }
        return inTurn(upload, work).onComplete(done -> ended(userId));
    }

    private <T> Future<T> inTurn(Upload upload, Supplier<Future<T>> work) {
        Promise<Void> turn = Promise.promise();
        var done = slots.run(() -> {
            turn.complete();
            return work.get();
        });
        upload.waitFor(turn.future());
        return done.onFailure(turn::tryFail);
    }

    private void ended(UUID userId) {
        running.computeIfPresent(userId, (id, number) -> number == 1 ? null : number - 1);
    }
}
