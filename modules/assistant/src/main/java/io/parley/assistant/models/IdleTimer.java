package io.parley.assistant.models;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Notices that nothing has been heard for too long. Saying that something was costs no timer of its own. */
public final class IdleTimer {
    /** Zero is somebody's: Vert.x counts timers from there. */
    public static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Runnable tooLong;
    private Duration limit = Duration.ZERO;
    private long since;
    private long timer = NO_TIMER;

    public IdleTimer(Vertx vertx, Runnable tooLong) {
        this.vertx = vertx;
        this.tooLong = tooLong;
    }

    /** From now on it may last this long. */
    public void allow(Duration limit) {
        this.limit = limit;
        broken();
        vertx.cancelTimer(timer);
        wait(limit);
    }

    public void broken() {
        since = System.nanoTime();
    }

    private void wait(Duration left) {
        timer = vertx.setTimer(Math.max(1, left.toMillis()), woken -> check());
    }

    private void check() {
        var left = limit.minusNanos(System.nanoTime() - since);
        if (left.isNegative() || left.isZero()) tooLong.run();
        else wait(left.plusMillis(1));
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }
}
