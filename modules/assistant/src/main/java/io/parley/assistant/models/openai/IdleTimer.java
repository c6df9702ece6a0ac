package io.parley.assistant.models.openai;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Calls back if there was no activity for too long. Reporting activity only writes a field, because a new timer for each
 * piece of an answer would cost more than the piece.
 */
final class IdleTimer {
    /** Not 0, which is the id of the first timer of a Vert.x instance. */
    static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Runnable onIdle;
    private Duration limit = Duration.ZERO;
    private long lastActivity;
    private long timer = NO_TIMER;

    IdleTimer(Vertx vertx, Runnable onIdle) {
        this.vertx = vertx;
        this.onIdle = onIdle;
    }

    /** Starts again with this limit. */
    void restart(Duration limit) {
        this.limit = limit;
        active();
        stop();
        wait(limit);
    }

    void active() {
        lastActivity = System.nanoTime();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void wait(Duration left) {
        timer = vertx.setTimer(Math.max(1, left.toMillis()), fired -> check());
    }

    private void check() {
        var left = limit.minusNanos(System.nanoTime() - lastActivity);
        if (left.isNegative() || left.isZero()) onIdle.run();
        else wait(left.plusMillis(1));
    }
}
