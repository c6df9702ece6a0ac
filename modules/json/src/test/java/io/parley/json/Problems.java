package io.parley.json;

import io.parley.kernel.Problem;

/** The problem that something fails with. */
final class Problems {
    static Problem of(Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("nothing failed");
    }

    private Problems() {}
}
