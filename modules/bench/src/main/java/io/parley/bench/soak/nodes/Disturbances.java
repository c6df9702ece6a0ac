package io.parley.bench.soak.nodes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** When nodes were restarted, and when they were stopped to collect garbage. Times are those of {@link System#nanoTime}. */
public final class Disturbances {
    /** After this time a restart must have no effect any more. */
    public static final Duration AFTERMATH = Duration.ofSeconds(15);

    // No request takes longer than these lie back.
    private static final int REMEMBERED = 50;

    private final Deque<Window> restarts = new ArrayDeque<>();
    private final Deque<Window> collections = new ArrayDeque<>();

    /** Not over until {@link #end}. */
    public final class Window {
        private final long from = System.nanoTime();
        private final boolean restart;
        private long to = Long.MAX_VALUE;

        private Window(boolean restart) {
            this.restart = restart;
        }

        /** The node is ready again. */
        public void end() {
            synchronized (Disturbances.this) {
                to = System.nanoTime() + (restart ? AFTERMATH.toNanos() : 0);
            }
        }

        private boolean overlaps(long start, long end) {
            return start <= to && end >= from;
        }
    }

    public Window restart() {
        return begin(restarts, new Window(true));
    }

    public Window collection() {
        return begin(collections, new Window(false));
    }

    private synchronized Window begin(Deque<Window> windows, Window window) {
        windows.addLast(window);
        if (windows.size() > REMEMBERED) windows.removeFirst();
        return window;
    }

    /** Whether a node was restarted between these times, or less than {@link #AFTERMATH} before. */
    public synchronized boolean isNearRestart(long start, long end) {
        return restarts.stream().anyMatch(window -> window.overlaps(start, end));
    }

    /** Whether nothing disturbed what happened between these times. */
    public synchronized boolean isCalm(long start, long end) {
        return !isNearRestart(start, end) && collections.stream().noneMatch(window -> window.overlaps(start, end));
    }
}
