package io.parley.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Another node, as it was heard last, and what it has been asked. */
final class Neighbour {
    private final Set<Asked<?>> pending = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private volatile Presence presence;
    private volatile long heardAt;

    private record Asked<R>(Context asker, Promise<R> answer) {
        void fail() {
            asker.runOnContext(lost -> answer.tryFail(Problem.lost()));
        }
    }

    Neighbour(Presence presence, LongSupplier nanoTime) {
        this.presence = presence;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    void heard(Presence now) {
        presence = now;
        heardAt = nanoTime.getAsLong();
    }

    Presence presence() {
        return presence;
    }

    boolean isSilentFor(Duration time) {
        return nanoTime.getAsLong() - heardAt > time.toNanos();
    }

    /** The reply, or the failure of a neighbour that is {@link #lose lost} meanwhile. */
    <R> Future<R> expect(Future<R> reply, Context asker) {
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
