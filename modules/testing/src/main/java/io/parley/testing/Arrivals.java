package io.parley.testing;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Items that arrive on other threads, such as what is published on the bus. */
public final class Arrivals<T> {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(5);

    private final Set<T> arrived = new HashSet<>();

    public synchronized void addAll(Collection<T> items) {
        arrived.addAll(items);
        notifyAll();
    }

    /** Returns when the item has arrived; fails if it has not within five seconds. */
    public synchronized void await(T item) {
        long deadline = System.nanoTime() + LIMIT;
        while (!arrived.contains(item)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) throw new AssertionError(item + " has not arrived, but these: " + arrived);
            waitFor(left);
        }
    }

    private synchronized void waitFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
