package io.parley.kernel.cluster;

import io.parley.kernel.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Another node, as it was heard last, and what it has been asked. */
public final class Peer {
    private final Set<Asked<?>> pending = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private volatile Heartbeat presence;
    private volatile long heardAt;

    private record Asked<R>(Context asker, Promise<R> answer) {
        void fail() {
            asker.runOnContext(lost -> answer.tryFail(Problem.lost()));
        }
    }

    Peer(Heartbeat presence, LongSupplier nanoTime) {
        this.presence = presence;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    void heard(Heartbeat now) {
        presence = now;
        heardAt = nanoTime.getAsLong();
    }

    public Heartbeat presence() {
        return presence;
    }

    boolean isSilentFor(Duration time) {
        return nanoTime.getAsLong() - heardAt > time.toNanos();
    }

    /** The reply, or the failure of a neighbour that is {@link #lose lost} meanwhile. */
    public <R> Future<R> expect(Future<R> reply, Context asker) {
        if (reply.isComplete()) return reply;
        var asked = new Asked<R>(asker, Promise.promise());
        pending.add(asked);
        reply.onComplete(done -> {
            pending.remove(asked);
            if (done.succeeded()) asked.answer().tryComplete(done.result());
            else asked.answer().tryFail(done.cause());
        });
        return asked.answer().future();
    }

    void lose() {
        pending.forEach(Asked::fail);
    }
}
