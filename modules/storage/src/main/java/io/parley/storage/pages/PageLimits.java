package io.parley.storage.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Slots;
import io.parley.storage.pool.SmallRows;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of pages that are read at the same time. Nearly all pages are small, and are read without counting their bytes in the
 * database, which takes a third of the time of a page. A page that turns out larger is read again, and only as many of those at once as
 * have room in the heap; from then on the pages of its user are counted in the database, which then sends no more than they may have.
 */
public final class PageLimits {
    public static final int DEFAULT_BYTES = 4 * 1024 * 1024;

    /** A page is in memory as what the database sends, as strings and as JSON, whose buffer grows by doubling. */
    private static final int COPIES = 4;

    /** To wait for more pages than these takes longer than a request may. */
    private static final int MOST_WAITING = 64;

    private static final int MOST_COUNTED = 10_000;

    private final int bytes;
    private final Slots large;

    /** Users who had a large page lately. */
    private final Cache<UUID, Boolean> counted = Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    public PageLimits(Vertx vertx, int bytes) {
        this.bytes = bytes;
        this.large = new Slots(vertx, Slots.inQuarterOfHeap((long) COPIES * bytes), MOST_WAITING);
    }

    /** The size of the largest page. */
    public int bytes() {
        return bytes;
    }

    /**
     * @param user whose rows they are; null if they are those of several
     * @param requested the most bytes that the caller wants
     * @param small reads the page if it is small; else it returns nothing, but the database may have sent some of it
     * @param page reads the page with at most so many bytes
     */
    public <T extends Record> Future<SizedPage<T>> read(
            @Nullable UUID user,
            int requested,
            Supplier<Future<Optional<SizedPage<T>>>> small,
            IntFunction<Future<SizedPage<T>>> page) {
        if (Math.min(requested, bytes) <= SmallRows.MOST || isCounted(user)) return counted(requested, page);
        return small.get()
                .onFailure(failure -> {
                    if (failure instanceof Problem problem && problem.kind() == Problem.Kind.TIMEOUT) count(user);
                })
                .compose(found -> {
                    if (found.isPresent()) return Future.succeededFuture(found.get());
                    count(user);
                    return large(requested, page);
                });
    }

    private void count(@Nullable UUID user) {
        if (user != null) counted.put(user, true);
    }

    private boolean isCounted(@Nullable UUID user) {
        return user != null && counted.getIfPresent(user) != null;
    }

    /** The same, counted in the database. */
    public <T extends Record> Future<SizedPage<T>> counted(int requested, IntFunction<Future<SizedPage<T>>> page) {
        int most = Math.min(requested, bytes);
        if (most <= SmallRows.MOST) return page.apply(most);
        return page.apply(SmallRows.MOST)
                .compose(found -> found.isCutByBytes() ? large(requested, page) : Future.succeededFuture(found));
    }

    private <T extends Record> Future<SizedPage<T>> large(int requested, IntFunction<Future<SizedPage<T>>> page) {
        return large.run(() -> page.apply(Math.min(requested, bytes)));
    }
}
