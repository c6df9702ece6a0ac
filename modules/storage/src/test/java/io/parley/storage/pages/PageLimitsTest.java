package io.parley.storage.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.parley.storage.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of the database for a page. */
class PageLimitsTest {
    private static final SizedPage<Item> SMALL = new SizedPage<>(List.of(new Item(1)), false, false);
    private static final SizedPage<Item> CUT = new SizedPage<>(List.of(new Item(1)), true, true);

    private final Vertx vertx = Vertx.vertx();
    private final PageLimits limits = new PageLimits(vertx, PageLimits.DEFAULT_BYTES);
    private final UUID ada = UUID.randomUUID();
    private final List<String> asked = new ArrayList<>();

    private record Item(int number) {}

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void isASmallPageWithoutCounting() {
        read(ada, true);
        read(ada, true);

        assertThat(asked).containsExactly("small", "small");
    }

    @Test
    void isCountedForAUserWhoHadALargeOne() {
        read(ada, false);
        read(ada, true);

        assertThat(asked).containsExactly("small", "4194304", "262144");
    }

    @Test
    void isCountedForAUserWhosePageWasNotSentInTime() {
        var late = limits.read(
                ada, Integer.MAX_VALUE, () -> Future.failedFuture(Problem.timeout()), bytes -> counted(bytes, true));
        assertThat(Futures.problem(late).kind()).isEqualTo(Problem.Kind.TIMEOUT);
        read(ada, true);

        assertThat(asked).containsExactly("262144");
    }

    @Test
    void isNotCountedForOtherUsersThen() {
        read(ada, false);
        read(UUID.randomUUID(), true);
        read(null, false);
        read(null, true);

        assertThat(asked).containsExactly("small", "4194304", "small", "small", "4194304", "small");
    }

    @Test
    void isCountedIfTheCallerWantsFewBytes() {
        Futures.result(limits.read(ada, 1_000, () -> small(true), bytes -> counted(bytes, true)));

        assertThat(asked).containsExactly("1000");
    }

    private void read(@Nullable UUID user, boolean isSmall) {
        var page = Futures.result(
                limits.read(user, Integer.MAX_VALUE, () -> small(isSmall), bytes -> counted(bytes, isSmall)));

        assertThat(page).isEqualTo(isSmall ? SMALL : CUT);
    }

    private Future<Optional<SizedPage<Item>>> small(boolean isSmall) {
        asked.add("small");
        return Future.succeededFuture(isSmall ? Optional.of(SMALL) : Optional.empty());
    }

    private Future<SizedPage<Item>> counted(int bytes, boolean isSmall) {
        asked.add(String.valueOf(bytes));
        return Future.succeededFuture(isSmall ? SMALL : CUT);
    }
}
