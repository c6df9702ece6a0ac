package io.parley.users.limits;

import io.parley.contracts.limits.Quotas.ReserveStorage;
import io.parley.contracts.limits.Quotas.Room;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.users.limits.StoredAmountStore.Counted;
import io.parley.users.limits.StoredAmountStore.Reserved;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** How much a user may have stored. */
public final class StorageLimit {
    private static final String ROWS = "rows";
    private static final String BYTES = "bytes";

    /** Counting fewer rows takes milliseconds. More are counted at most once in {@link #COUNTED_AGAIN}. */
    private static final int FEW = 20_000;

    private static final Duration COUNTED_AGAIN = Duration.ofMinutes(1);

    private static final Amount UNLIMITED = new Amount(Long.MAX_VALUE, Long.MAX_VALUE);

    private final Bus bus;
    private final StoredAmountStore store;
    private final ChatLimit limits;
    private final Clock clock;
    private final SettledAmounts settled = new SettledAmounts();

    /** @param limits knows what applies to a user */
    public StorageLimit(Bus bus, StoredAmountStore store, ChatLimit limits, Clock clock) {
        this.bus = bus;
        this.store = store;
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts what is there, if the last count with all that was reserved since leaves no room. */
    public Future<Room> reserve(ReserveStorage command) {
        var userId = command.userId();
        var need = new Amount(command.rows(), command.bytes());
        return limits.effective(userId).map(StorageLimit::limit).compose(limit -> {
            if (limit.equals(UNLIMITED)) return Future.succeededFuture(Room.UNLIMITED);
            return tryToReserve(userId, need, limit)
                    .compose(room ->
                            room.map(Future::succeededFuture).orElseGet(() -> countAndReserve(userId, need, limit)));
        });
    }

    private Future<Optional<Room>> tryToReserve(UUID userId, Amount need, Amount limit) {
        var now = clock.instant();
        return store.reserve(userId, need, limit, now).map(reserved -> {
            reserved.ifPresent(each -> settled.reserved(userId, each.before(), now));
            return reserved.map(Reserved::room);
        });
    }

    private static Amount limit(EffectiveLimits limits) {
        var rows = limits.all().rows();
        var bytes = limits.all().bytes();
        return new Amount(rows == null ? Long.MAX_VALUE : rows, bytes == null ? Long.MAX_VALUE : bytes);
    }

    private Future<Room> countAndReserve(UUID userId, Amount need, Amount limit) {
        return store.find(userId).compose(known -> {
            if (known.isEmpty())
                return stored(userId)
                        .compose(counted -> store.insert(userId, counted, clock.instant())
                                .compose(kept -> reserve(userId, counted, need, limit)));
            var before = known.get();
            var certain = mayCount(before) ? settled.of(userId, before, clock.instant()) : Optional.<Amount>empty();
            if (certain.isEmpty()) return reserve(userId, before.amount(), need, limit);
            return stored(userId)
                    .compose(counted -> store.replace(userId, before.at(), certain.get(), counted, clock.instant())
                            .compose(kept -> reserve(userId, counted, need, limit)));
        });
    }

    // Another request may have counted the rows since this one found no room.
    private Future<Room> reserve(UUID userId, Amount counted, Amount need, Amount limit) {
        return tryToReserve(userId, need, limit).map(room -> room.orElseThrow(() -> full(counted, need, limit)));
    }

    private boolean mayCount(Counted counted) {
        return counted.amount().rows() <= FEW
                || counted.at().plus(COUNTED_AGAIN).isBefore(clock.instant());
    }

    private static Problem full(Amount stored, Amount need, Amount limit) {
        return need.rows() > 0 && stored.rows() + need.rows() > limit.rows()
                ? Problem.full(ROWS, "You have stored as many rows as you may.")
                : Problem.full(BYTES, "You have stored as many bytes as you may.");
    }

    /** Reads all rows of the user. */
    Future<Amount> stored(UUID userId) {
        var amounts = Stored.MODULES.stream()
                .map(module -> bus.ask(Stored.of(module), new Stored.Count(userId)))
                .toList();
        return Future.all(amounts)
                .map(all -> amounts.stream().map(Future::result).reduce(Amount.NONE, Amount::plus));
    }
}
