package io.parley.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.Changed;
import io.parley.contracts.limits.Quotas.ReserveStorage;
import io.parley.contracts.limits.Quotas.Room;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.storage.Futures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageQuotaTest {
    private static final UUID ADA = new UUID(0, 0xada);

    private final Vertx vertx = Vertx.vertx();

    /** Of the verticle that asks. */
    private final Context context = vertx.getOrCreateContext();

    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private final AtomicLong time = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final StorageQuota quota = new StorageQuota(bus, time::get);
    private final Function<Long, Future<Long>> store =
            quota.before(rows -> new StorageNeed(ADA, rows, 0), Future::succeededFuture);

    private boolean isAmple = true;
    private long rowsAsked;

    /** What happens while room is being reserved. */
    private Supplier<Future<Void>> meanwhile = Future::succeededFuture;

    @BeforeEach
    void start() {
        Futures.result(inContext(quota::follow));
        Futures.result(bus.answer(Quotas.RESERVE_STORAGE, this::reserve));
    }

    private Future<Room> reserve(ReserveStorage command) {
        asked.incrementAndGet();
        rowsAsked = command.rows();
        return meanwhile.get().map(done -> new Room(10, 1_000, isAmple));
    }

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    private void storeRows(long rows, Duration later) {
        time.addAndGet(later.toNanos());
        Futures.result(inContext(() -> store.apply(rows)));
    }

    private <T> Future<T> inContext(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> work.get().onComplete(done));
        return done.future();
    }

    @Test
    void asksAgainWhenTheRoomIsUsedUp() {
        storeRows(6, Duration.ZERO);
        storeRows(4, Duration.ZERO);
        assertThat(asked).hasValue(1);

        storeRows(1, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    @Test
    void usesAllTheRoomThatRequestsAtTheSameTimeHaveReserved() {
        var room = Promise.<Void>promise();
        meanwhile = room::future;
        var both = inContext(() -> Future.all(store.apply(1L), store.apply(1L)));
        room.complete();
        Futures.result(both);
        assertThat(asked).hasValue(2);

        storeRows(18, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksOnlyForWhatItLacks() {
        storeRows(6, Duration.ZERO);
        storeRows(12, Duration.ZERO);

        assertThat(rowsAsked).isEqualTo(8);
        storeRows(2, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsWhatItHasIfThereIsNoMore() {
        storeRows(6, Duration.ZERO);
        meanwhile = () -> Future.failedFuture(Problem.full("rows", "You have stored too much."));
        assertThat(Futures.problem(inContext(() -> store.apply(5L))).kind()).isEqualTo(Problem.Kind.FULL);

        storeRows(4, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsAmpleRoomForAMinute() {
        storeRows(1, Duration.ZERO);
        storeRows(1, Duration.ofSeconds(59));
        assertThat(asked).hasValue(1);

        storeRows(1, Duration.ofSeconds(2));
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsScarceRoomForLessThanFiveSeconds() {
        isAmple = false;
        storeRows(1, Duration.ZERO);
        storeRows(1, Duration.ofSeconds(5));
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAgainWhenLimitsHaveChanged() {
        storeRows(1, Duration.ZERO);
        Futures.result(changeLimits());

        storeRows(1, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keepsNoRoomThatWasAskedForBeforeLimitsHaveChanged() {
        meanwhile = this::changeLimits;
        storeRows(1, Duration.ZERO);

        storeRows(1, Duration.ZERO);
        assertThat(asked).hasValue(2);
    }

    private Future<Void> changeLimits() {
        // The bus delivers in order to one context, so the notice is handled when a later one has arrived here.
        return inContext(() -> {
            bus.publish(Quotas.CHANGED, new Changed());
            var delivered = Promise.<Void>promise();
            return bus.subscribe(Quotas.CHANGED, changed -> delivered.tryComplete())
                    .compose(subscribed -> {
                        bus.publish(Quotas.CHANGED, new Changed());
                        return delivered.future();
                    });
        });
    }
}
