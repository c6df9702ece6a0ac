package io.parley.users.limits;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.Quotas.ReserveStorage;
import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user who may have a hundred rows. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class StorageLimitTest {
    private static final BucketKeys KEYS = new BucketKeys(new Secret("a key of thirty-two bytes or more, for tests"));

    private final Database database;
    private final LimitStore limits;
    private final StorageLimit storage;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /** What a count of the rows finds, in one of the modules. */
    private long rows;

    StorageLimitTest(Database database, Bus bus) {
        this.database = database;
        this.limits = new LimitStore(database);
        var chat = new ChatLimit(new BucketStore(database), KEYS, limits, LimitSettings.NONE);
        this.storage = new StorageLimit(bus, new StoredAmountStore(database), chat, clock());
        for (var module : Stored.MODULES)
            Answers.of(bus.answer(
                    Stored.of(module),
                    query -> Future.succeededFuture(new Amount(module.equals("tasks") ? rows : 0, 0))));
    }

    @BeforeEach
    void limit() {
        Answers.of(limits.setUser(
                ada.userId(), new ChosenLimits(null, null, null, null, 100L, 1_000_000L, null, null, null)));
    }

    @AfterEach
    void clear() {
        Answers.of(limits.setUser(ada.userId(), ChosenLimits.NONE));
        Answers.of(
                OwnerDatabase.of(database).query("DELETE FROM stored_amounts").run(Parameters.none()));
    }

    @Test
    void givesBackWhatBecameNoRows() {
        reserve(90);
        assertThat(isFull(20)).isTrue();

        pass(Duration.ofSeconds(6));
        reserve(20);
    }

    @Test
    void givesItBackAfterAPauseAtTheFirstAttemptThatBeginsWithLittle() {
        reserve(90);
        pass(Duration.ofSeconds(6));

        reserve(1);
        reserve(20);
    }

    @Test
    void givesItBackToAUserWhoGoesOnReservingLittle() {
        reserve(90);
        for (int attempt = 0; attempt < 7; attempt++) {
            pass(Duration.ofSeconds(1));
            reserve(1);
            rows++;
            assertThat(isFull(20)).as("attempt " + attempt).isEqualTo(attempt < 6);
        }
    }

    @Test
    void givesNothingTwiceThatMayStillBecomeRows() {
        reserve(90);
        assertThat(isFull(20)).isTrue();
        pass(Duration.ofSeconds(4));
        reserve(5);
        pass(Duration.ofSeconds(2));

        assertThat(isFull(96)).isTrue();
        reserve(95);
    }

    private void reserve(long more) {
        Answers.of(storage.reserve(new ReserveStorage(ada.userId(), more, 0)));
    }

    /** Whether there is no room. If there is, it is reserved. */
    private boolean isFull(long more) {
        var asked = storage.reserve(new ReserveStorage(ada.userId(), more, 0));
        return Answers.of(asked.map(false)
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Problem.Kind.FULL
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(failure)));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
