package io.parley.storage;

import io.parley.kernel.async.Slots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.IntFunction;

/**
 * Bounds the memory of pages that are read at the same time. Nearly all pages are small; a page that turns out larger is read
 * again, and only as many of those at once as have room in the heap.
 */
final class PageLimits {
    static final int DEFAULT_BYTES = 4 * 1024 * 1024;

    /** In bytes. */
    private static final int SMALL = 256 * 1024;

    /** A page is in memory as what the database sends, as strings and as JSON, whose buffer grows by doubling. */
    private static final int COPIES = 4;

    /** To wait for more pages than these takes longer than a request may. */
    private static final int MOST_WAITING = 64;

    private final int bytes;
    private final Slots large;

    PageLimits(Vertx vertx, int bytes) {
        this.bytes = bytes;
        this.large = new Slots(vertx, Slots.inQuarterOfHeap((long) COPIES * bytes), MOST_WAITING);
    }

    /** The size of the largest page. */
    int bytes() {
        return bytes;
    }

    /**
     * @param requested the most bytes that the caller wants
     * @param whole reads the page if it has at most so many bytes, else an empty page that is cut by bytes
     * @param page reads the page with at most so many bytes
     */
    <T extends Record> Future<SizedPage<T>> read(
            int requested, IntFunction<Future<SizedPage<T>>> whole, IntFunction<Future<SizedPage<T>>> page) {
        int most = Math.min(requested, bytes);
        if (most <= SMALL) return page.apply(most);
        return whole.apply(SMALL)
                .compose(found ->
                        found.isCutByBytes() ? large.run(() -> page.apply(most)) : Future.succeededFuture(found));
    }
}
