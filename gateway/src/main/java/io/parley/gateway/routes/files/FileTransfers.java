package io.parley.gateway.routes.files;

import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The uploads and downloads of this process. Each holds memory as long as its client takes, so one user has only a few at once, and
 * those of all users have a sum.
 */
public final class FileTransfers {
    private static final int AT_ONCE = 8;

    private final BytesInFlight memory;
    private final long maxBytes;
    private final ConcurrentMap<UUID, Integer> running = new ConcurrentHashMap<>();

    /**
     * @param memory counts the chunks that are on their way
     * @param maxBytes of one file
     */
    public FileTransfers(BytesInFlight memory, long maxBytes) {
        this.memory = memory;
        this.maxBytes = maxBytes;
    }

    /** Of one file. */
    long maxBytes() {
        return maxBytes;
    }

    /**
     * Fails limited if the user has too many, and overloaded if there is no memory.
     *
     * @param bytes that are in memory at once
     */
    <T> Future<T> run(UUID userId, long bytes, Supplier<Future<T>> work) {
        var share = memory.open();
        if (!share.take(bytes)) return Future.failedFuture(Problem.overloaded());
        if (running.merge(userId, 1, Integer::sum) > AT_ONCE) {
            ended(userId, share);
            return Future.failedFuture(
                    Problem.limited("files", "Too many of your files are on their way.", Duration.ofSeconds(1)));
        }
        return Future.succeededFuture().compose(now -> work.get()).onComplete(done -> ended(userId, share));
    }

    private void ended(UUID userId, BytesInFlight.Share share) {
        share.release();
        running.computeIfPresent(userId, (id, number) -> number == 1 ? null : number - 1);
    }
}
