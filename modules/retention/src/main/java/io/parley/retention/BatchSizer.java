package io.parley.retention;

import java.time.Duration;

/** Chooses the rows of the next batch so that a batch takes about 50 ms, well below {@code Purge.LIMIT}. */
final class BatchSizer {
    private static final double TARGET_MILLIS = 50;
    private static final int MAX_ROWS = 1000;

    // Finding the rows takes a fixed time, so a smaller batch would not be faster.
    private static final int MIN_ROWS = 50;

    /** An overloaded server may time out on a single row, too. */
    private static final int ATTEMPTS_WITH_ONE_ROW = 5;

    private int rows = 100;
    private int attemptsWithOneRow;

    int rows() {
        return rows;
    }

    /** Records that the last batch took this long. */
    void succeeded(Duration time) {
        attemptsWithOneRow = 0;
        double factor = TARGET_MILLIS / Math.max(1, time.toMillis());
        int wanted = (int) (rows * Math.max(0.5, Math.min(2, factor)));
        rows = Math.max(Math.min(rows, MIN_ROWS), Math.min(MAX_ROWS, wanted));
    }

    /** Records that the last batch was rolled back because it took too long. Returns false if no retry is left. */
    boolean timedOut() {
        if (rows == 1) return ++attemptsWithOneRow < ATTEMPTS_WITH_ONE_ROW;
        rows /= 2;
        return true;
    }
}
