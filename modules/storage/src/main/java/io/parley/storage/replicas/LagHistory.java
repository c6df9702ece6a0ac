package io.parley.storage.replicas;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where the primary's log ended in the last while, to tell how long a replica is behind: it is late if it has not replayed what the primary
 * had flushed that long ago. So neither clocks of other machines nor a primary without writes matter.
 */
final class LagHistory {
    /** Samples that are kept; the time between two of them is the error of the lag. */
    private static final int SAMPLES = 100;

    private final long maxLag;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long at, long flushed) {}

    LagHistory(Duration maxLag) {
        this.maxLag = maxLag.toNanos();
    }

    /** @param at as {@link System#nanoTime} */
    synchronized void add(long at, long flushed) {
        if (samples.size() > 1 && at - before(samples).at() < maxLag / SAMPLES) samples.removeLast();
        samples.addLast(new Sample(at, flushed));
        while (samples.size() > 1 && isOld(second(samples), at)) samples.removeFirst();
    }

    private static Sample before(Deque<Sample> samples) {
        var each = samples.descendingIterator();
        each.next();
        return each.next();
    }

    private static Sample second(Deque<Sample> samples) {
        var each = samples.iterator();
        each.next();
        return each.next();
    }

    private boolean isOld(Sample sample, long now) {
        return now - sample.at() >= maxLag;
    }

    /** Whether the primary has not answered for so long that nothing can be said. */
    synchronized boolean isUnknown(long now) {
        var last = samples.peekLast();
        return last == null || isOld(last, now);
    }

    /** Whether a replica is too far behind. */
    synchronized boolean isLate(long now, long replayed) {
        var first = samples.peekFirst();
        return first != null && isOld(first, now) && replayed < first.flushed();
    }

    /** In bytes. */
    synchronized long behind(long replayed) {
        var last = samples.peekLast();
        return last == null ? 0 : Math.max(0, last.flushed() - replayed);
    }
}
