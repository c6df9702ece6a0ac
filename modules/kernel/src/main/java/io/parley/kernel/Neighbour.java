package io.parley.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Another node, as it was heard last, and what it has been asked. */
final class Neighbour {
    private final UUID node;
    private final Set<Asked<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile Set<String> addresses = Set.of();
    private volatile long heardAt = System.nanoTime();

    private record Asked<R>(Context asker, Promise<R> answer) {
        void fail() {
            asker.runOnContext(lost -> answer.tryFail(Problem.lost()));
        }
    }

    Neighbour(UUID node) {
        this.node = node;
    }

    UUID node() {
        return node;
    }

    void heard(Set<String> answering) {
        addresses = answering;
        heardAt = System.nanoTime();
    }

    boolean answersAt(String address) {
        return addresses.contains(address);
    }

    boolean isSilentFor(Duration time) {
        return System.nanoTime() - heardAt > time.toNanos();
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
