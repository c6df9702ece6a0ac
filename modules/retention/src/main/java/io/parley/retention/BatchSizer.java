package io.parley.retention;

import java.time.Duration;

/** How many rows a batch of a purge takes: as many as keep it near 50 ms, well below {@code Purge.LIMIT}. */
final class BatchSizer {
    private static final double AIM_MILLIS = 50;
    private static final int MOST = 1000;

    // Looking for rows takes its time however few they are, so that fewer would not make a batch shorter.
    private static final int LEAST = 50;

    /** A server that is overloaded may be late with a single row, too. */
    private static final int TRIES_OF_ONE = 5;

    private int rows = 100;
    private int triesOfOne;

    int rows() {
        return rows;
    }

    /** After a batch that took so long. */
    void took(Duration time) {
        double fitting = AIM_MILLIS / Math.max(1, time.toMillis());
        triesOfOne = 0;
        int wanted = (int) (rows * Math.max(0.5, Math.min(2, fitting)));
        rows = Math.max(Math.min(rows, LEAST), Math.min(MOST, wanted));
    }

    /** After a batch that was undone because it took too long; false where a single row has been tried often enough. */
    boolean slower() {
        if (rows == 1) return ++triesOfOne < TRIES_OF_ONE;
        rows /= 2;
        return true;
    }
}
