package io.parley.storage.replicas;

import static io.parley.contracts.replicas.ReplicaMarks.UNKNOWN;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica must have come to answer a user: the position in the primary's log by which the user's last write was committed. While a
 * write is on its way no replica may. A mark is dropped when all replicas that are read have passed it. The floor is the highest one that was
 * dropped, so that a replica that was left out meanwhile is not read before it has passed all of them.
 */
final class UserMarks {
    /** About 16 MB. */
    private static final int MOST = 100_000;

    private final Map<UUID, Mark> marks = new ConcurrentHashMap<>();
    private volatile long floor = UNKNOWN;
    private volatile int forgotten;

    /** @param writes that are on their way */
    private record Mark(int writes, long position) {}

    /** A write of the user is on its way until {@link #end}. */
    void begin(UUID user) {
        marks.merge(user, new Mark(1, 0), (mark, one) -> new Mark(mark.writes + 1, mark.position));
    }

    /** @param position of the commit or after it; 0 if nothing was committed */
    void end(UUID user, long position) {
        marks.computeIfPresent(user, (id, mark) -> {
            var ended = new Mark(mark.writes - 1, Math.max(mark.position, position));
            return ended.writes == 0 && ended.position == 0 ? null : ended;
        });
    }

    /** What another node has written for the user. */
    void raise(UUID user, long position) {
        marks.merge(
                user, new Mark(0, position), (mark, other) -> new Mark(mark.writes, Math.max(mark.position, position)));
    }

    /** Whether a replica that has come so far shows the user what they wrote. */
    boolean allow(UUID user, long replayed) {
        // The mark first: it is dropped only after the floor was raised.
        var mark = marks.get(user);
        return isPassed(mark, replayed) && replayed >= floor;
    }

    private static boolean isPassed(@Nullable Mark mark, long replayed) {
        return mark == null || (mark.writes == 0 && replayed >= mark.position);
    }

    long floor() {
        return floor;
    }

    /** From now on no replica may be read, until {@link #know}. */
    synchronized void forget() {
        forgotten++;
        floor = UNKNOWN;
    }

    /** How often it was forgotten. */
    int forgotten() {
        return forgotten;
    }

    /**
     * Ignored if it was forgotten again meanwhile.
     *
     * @param asked {@link #forgotten} before the primary was asked for the position, which is later than all marks that may be missing
     */
    synchronized void know(int asked, long position) {
        if (floor == UNKNOWN && asked == forgotten) floor = position;
    }

    private synchronized void raiseFloor(long position) {
        if (position > floor) floor = position;
    }

    /**
     * Drops the marks that all replicas have passed.
     *
     * @param replayed by all replicas that are read; {@link ReplicaMarks#UNKNOWN} if there is none
     */
    void drop(long replayed) {
        // What is dropped while the floor is unknown could be above it afterwards.
        if (floor == UNKNOWN && marks.size() <= MOST) return;
        long passed = marks.size() > MOST ? UNKNOWN : replayed;
        if (floor == UNKNOWN) forget();
        marks.forEach((user, mark) -> {
            if (!isPassed(mark, passed)) return;
            raiseFloor(mark.position);
            marks.remove(user, mark);
        });
    }

    int size() {
        return marks.size();
    }
}
