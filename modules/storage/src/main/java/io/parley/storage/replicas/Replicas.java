package io.parley.storage.replicas;

import io.parley.contracts.replicas.ReplicaMarks;
import io.parley.contracts.replicas.ReplicaMarks.Raise;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.replicas.ReplicaReads;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.pool.PoolPerLoop;
import io.parley.storage.pool.PooledStatements;
import io.parley.storage.pool.Statements;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The replicas of this process, and how far each of them must be for a user. */
public final class Replicas {
    /** Between two questions to a server. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    /**
     * From the start until marks count: by then the other nodes know of this one, and tell it of theirs. Also the pause of this process after
     * which it may have missed some.
     */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** For other nodes to take a mark. */
    private static final Duration TOLD = Duration.ofMillis(500);

    private final Bus bus;
    private final UserMarks marks = new UserMarks();
    private final LagHistory lag;
    private final PrimaryLog primary;
    private final List<PoolPerLoop> pools = new ArrayList<>();
    private final List<Replica> all = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private long startedAt = System.nanoTime();
    private long lastCheck = System.nanoTime();
    private boolean isPrimaryAsked;
    private @Nullable ServerIdentity identity;

    /**
     * Opens no connection yet.
     *
     * @param primary the server that is written to
     * @param pool of the primary
     * @param role that the connections take; null for the login's own
     */
    public Replicas(
            Vertx vertx,
            Bus bus,
            DatabaseUrl primary,
            PoolSettings pool,
            @Nullable DatabaseRole role,
            ReplicaSettings settings) {
        this.bus = bus;
        this.lag = new LagHistory(settings.maxLag());
        this.primary = new PrimaryLog(vertx, new ServerProbe(vertx, primary, pool.pooler(), role));
        var size = new PoolSettings(settings.poolSize(), pool.queue(), pool.pooler(), pool.eventLoops());
        for (var url : settings.urls()) {
            var name = "replica-" + (all.size() + 1);
            var connections = PoolPerLoop.openReplica(vertx, url, size, role, name);
            pools.add(connections);
            all.add(new Replica(
                    vertx,
                    name,
                    url,
                    role,
                    new Statements(new PooledStatements(connections, pool.pooler())),
                    new ServerProbe(vertx, url, pool.pooler(), role),
                    lag,
                    marks));
        }
    }

    /** One that may answer the request that runs at the moment; null if it has to be the primary. */
    @Nullable Replica choose(@Nullable UUID user) {
        if (user == null || !ReplicaReads.areAllowed()) return null;
        int first = turn.getAndIncrement();
        for (int each = 0; each < all.size(); each++) {
            var replica = all.get(Math.floorMod(first + each, all.size()));
            if (replica.mayAnswer(user)) return replica;
        }
        return null;
    }

    /** A write of the user is on its way; {@link #committed} or {@link #notCommitted} ends it. */
    void beginWrite(UUID user) {
        marks.begin(user);
    }

    void notCommitted(UUID user) {
        marks.end(user, 0);
    }

    /**
     * A write of the user may have been committed. Never fails; succeeds when all nodes know how far replicas must be for the user.
     *
     * @param position of the primary after it; 0 if that is not known
     */
    Future<Void> committed(UUID user, long position) {
        return position > 0
                ? mark(user, position)
                : primary.position()
                        .map(PrimaryLog.Position::inserted)
                        .otherwise(failure -> ReplicaMarks.UNKNOWN)
                        .compose(end -> mark(user, end));
    }

    private Future<Void> mark(UUID user, long position) {
        if (position == ReplicaMarks.UNKNOWN) marks.forget();
        marks.end(user, position == ReplicaMarks.UNKNOWN ? 0 : position);
        return bus.tellPeers(ReplicaMarks.RAISE, new Raise(user, position), TOLD);
    }

    /** Another node has committed a write. */
    Future<None> raise(Raise mark) {
        if (mark.position() == ReplicaMarks.UNKNOWN) marks.forget();
        else marks.raise(mark.userId(), mark.position());
        return Future.succeededFuture(None.NONE);
    }

    /** Asks all servers where they are. To be called once an {@link #INTERVAL}, in one context. */
    void check() {
        long now = System.nanoTime();
        if (now - lastCheck > SETTLED.toNanos()) {
            marks.forget();
            startedAt = now;
        }
        lastCheck = now;
        askPrimary(now);
        for (var replica : all) replica.check(() -> identity);
        marks.drop(all.stream()
                .filter(Replica::isRead)
                .mapToLong(Replica::replayed)
                .min()
                .orElse(ReplicaMarks.UNKNOWN));
    }

    private void askPrimary(long now) {
        if (isPrimaryAsked) return;
        isPrimaryAsked = true;
        int forgotten = marks.forgotten();
        boolean isSettled = now - startedAt >= SETTLED.toNanos();
        primary.position().onComplete(answered -> isPrimaryAsked = false).onSuccess(position -> {
            identity = position.identity();
            lag.add(now, position.flushed());
            if (isSettled) marks.know(forgotten, position.inserted());
        });
    }

    Future<Void> close() {
        var closed = new ArrayList<Future<Void>>();
        for (var pool : pools) closed.add(pool.close());
        for (var replica : all) closed.add(replica.close());
        closed.add(primary.close());
        return Future.join(closed).mapEmpty();
    }
}
