package io.parley.kernel.async;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Bounds the memory of bodies and answers of all requests together: bodies from their first byte until the answer is ready, answers
 * until they are written. Large ones leave a quarter to small ones, so that one client that fills the rest does not stop all others.
 */
public final class BytesInFlight {
    /** In bytes. */
    private static final int SMALL = 64 * 1024;

    private final long limit;
    private final long limitOfLarge;
    private final AtomicLong bytes = new AtomicLong();

    /** @param limit in bytes */
    public BytesInFlight(long limit) {
        this.limit = limit;
        this.limitOfLarge = limit / 4 * 3;
    }

    /** The bytes of one request. For one event loop only. */
    public Share open() {
        return new Share();
    }

    /**
     * Counts an answer while it is written.
     *
     * @param size in bytes
     */
    public Future<Void> whileWriting(long size, Supplier<Future<Void>> write) {
        bytes.addAndGet(size);
        return Future.succeededFuture().compose(now -> write.get()).onComplete(written -> bytes.addAndGet(-size));
    }

    /** The same; fails overloaded instead of writing an answer that has no room. */
    public Future<Void> ifRoom(long size, Supplier<Future<Void>> write) {
        return bytes.get() + size > limitFor(size)
                ? Future.failedFuture(Problem.overloaded())
                : whileWriting(size, write);
    }

    private long limitFor(long size) {
        return size <= SMALL ? limit : limitOfLarge;
    }

    /** What one request holds. */
    public final class Share {
        private long held;

        private Share() {}

        /** Returns whether there is room for so many more. If not, nothing more is held. */
        public boolean take(long more) {
            if (bytes.addAndGet(more) > limitFor(held + more)) {
                bytes.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        /** Gives everything back. */
        public void release() {
            bytes.addAndGet(-held);
            held = 0;
        }
    }
}
