package io.parley.storage.replicas;

import io.parley.contracts.replicas.ReplicaMarks;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Watches the replicas, and hears from other nodes what they write. One instance. */
public final class ReplicasVerticle extends VerticleBase {
    private final Bus bus;
    private final Replicas replicas;

    public ReplicasVerticle(Bus bus, Replicas replicas) {
        this.bus = bus;
        this.replicas = replicas;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(Replicas.INTERVAL.toMillis(), tick -> replicas.check());
        return bus.answer(ReplicaMarks.RAISE, replicas::raise);
    }

    @Override
    public Future<?> stop() {
        return replicas.close();
    }
}
