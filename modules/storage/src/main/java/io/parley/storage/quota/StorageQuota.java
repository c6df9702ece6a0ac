package io.parley.storage.quota;

import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.Room;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Asks for room before a module stores something. Room is reserved for a while and many rows at once, so that most requests cost no
 * statement; the less is left, the smaller and shorter the reservations become. Only what they lack is asked for, so that they keep no
 * room from the last one that fits. For one event loop only.
 */
public final class StorageQuota {
    /** A new limit applies on all nodes within 5 s even if {@link Quotas#CHANGED} is lost. */
    private static final Duration KEPT = Duration.ofSeconds(4);

    /** If much is left, a new limit may apply a minute late if {@link Quotas#CHANGED} is lost. */
    private static final Duration AMPLE_KEPT = Duration.ofMinutes(1);

    private static final int MAX_USERS = 10_000;

    private final Bus bus;
    private final LongSupplier nanoTime;
    private final Map<UUID, Reservation> reservations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Reservation> eldest) {
            return size() > MAX_USERS;
        }
    };

    /** How often limits have changed. */
    private long changes;

    private record Reservation(long rows, long bytes, long until) {
        boolean isKept(long now) {
            return now - until < 0;
        }

        /** Kept until the first of both may be counted. */
        Reservation plus(Reservation other) {
            return new Reservation(
                    sum(rows, other.rows), sum(bytes, other.bytes), until - other.until < 0 ? until : other.until);
        }

        private static long sum(long one, long other) {
            return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
        }

        /** As much of the need as there is room for. */
        StorageNeed partOf(StorageNeed need) {
            return new StorageNeed(need.userId(), Math.min(rows, need.rows()), Math.min(bytes, need.bytes()));
        }

        Reservation without(StorageNeed need) {
            return new Reservation(rows - need.rows(), bytes - need.bytes(), until);
        }
    }

    public StorageQuota(Bus bus) {
        this(bus, System::nanoTime);
    }

    StorageQuota(Bus bus, LongSupplier nanoTime) {
        this.bus = bus;
        this.nanoTime = nanoTime;
    }

    /** Drops all reservations whenever limits change, until the calling verticle is undeployed. */
    public Future<Void> follow() {
        return bus.subscribe(Quotas.CHANGED, changed -> dropAll());
    }

    private void dropAll() {
        changes++;
        reservations.clear();
    }

    /** The handler, for requests that there is room for; the others fail full. */
    public <Q, R> Function<Q, Future<R>> before(Function<Q, StorageNeed> need, Function<Q, Future<R>> handler) {
        return request -> require(need.apply(request)).compose(room -> handler.apply(request));
    }

    /** Takes room for what is going to be stored. Fails full if there is none. */
    public Future<None> require(StorageNeed need) {
        var reserved = reservations.get(need.userId());
        if (reserved == null || !reserved.isKept(nanoTime.getAsLong())) return reserve(need);
        var taken = reserved.partOf(need);
        reservations.put(need.userId(), reserved.without(taken));
        if (taken.equals(need)) return Future.succeededFuture(None.NONE);
        long before = changes;
        return reserve(need.without(taken)).onFailure(full -> {
            if (before == changes) giveBack(taken, reserved.until());
        });
    }

    private void giveBack(StorageNeed taken, long until) {
        var left = reservations.get(taken.userId());
        if (left != null)
            reservations.put(taken.userId(), left.plus(new Reservation(taken.rows(), taken.bytes(), until)));
    }

    // A room that was asked for before limits have changed may be one of the old limits, and is not kept.
    //
    // Quotas protect the disk. That nobody can say what is left must not stop those who have room.
    private Future<None> reserve(StorageNeed need) {
        long before = changes;
        return bus.ask(Quotas.RESERVE_STORAGE, new Quotas.ReserveStorage(need.userId(), need.rows(), need.bytes()))
                .map(room -> before == changes ? keep(need, room) : None.NONE)
                .recover(failure -> Problem.isTransient(failure)
                        ? Future.succeededFuture(None.NONE)
                        : Future.failedFuture(failure));
    }

    // What is left of another room is kept too: requests that come at once each reserve one, and would waste all but
    // the last.
    private None keep(StorageNeed need, Room room) {
        long now = nanoTime.getAsLong();
        var kept = room.isAmple() ? AMPLE_KEPT : KEPT;
        var added = new Reservation(room.rows(), room.bytes(), now + kept.toNanos()).without(need);
        var left = reservations.get(need.userId());
        reservations.put(need.userId(), left != null && left.isKept(now) ? left.plus(added) : added);
        return None.NONE;
    }
}
