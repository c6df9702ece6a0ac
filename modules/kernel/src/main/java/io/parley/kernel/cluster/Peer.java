package io.parley.kernel.cluster;

import io.parley.kernel.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Another node: its last heartbeat and the requests that it has not answered yet. */
public final class Peer {
    private final Set<PendingRequest<?>> pending = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private volatile Heartbeat heartbeat;
    private volatile long receivedAt;

    private record PendingRequest<R>(Context sender, Promise<R> answer) {
        void fail() {
            sender.runOnContext(lost -> answer.tryFail(Problem.lost()));
        }
    }

    Peer(Heartbeat first, LongSupplier nanoTime) {
        this.heartbeat = first;
        this.nanoTime = nanoTime;
        this.receivedAt = nanoTime.getAsLong();
    }

    void receive(Heartbeat next) {
        heartbeat = next;
        receivedAt = nanoTime.getAsLong();
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    boolean isSilentFor(Duration time) {
        return nanoTime.getAsLong() - receivedAt > time.toNanos();
    }

    /**
     * The reply; fails lost if this peer is {@link #evict evicted} first.
     *
     * @param sender the context in which that failure is reported
     */
    public <R> Future<R> expect(Future<R> reply, Context sender) {
        if (reply.isComplete()) return reply;
        var request = new PendingRequest<R>(sender, Promise.promise());
        pending.add(request);
        reply.onComplete(result -> {
            pending.remove(request);
            if (result.succeeded()) request.answer().tryComplete(result.result());
            else request.answer().tryFail(result.cause());
        });
        return request.answer().future();
    }

    void evict() {
        pending.forEach(PendingRequest::fail);
    }
}
