package io.parley.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadline of a body: so many bytes have to arrive in so much time, again and again. */
final class ReceivingRate {
    /** In bytes. Any usable connection is faster. */
    private static final int PIECE = 64 * 1024;

    private static final Duration TIME = Duration.ofSeconds(10);

    private final HttpServerRequest request;
    private final ConnectionDeadlines deadlines;
    private final Duration time;
    private final @Nullable Long end;
    private long left;
    private long since = System.nanoTime();
    private int received;

    /** @param whole for the whole body; null is no limit */
    ReceivingRate(HttpServerRequest request, ConnectionDeadlines deadlines, @Nullable Duration whole) {
        this.request = request;
        this.deadlines = deadlines;
        this.time = deadlines.receiving().compareTo(TIME) < 0 ? deadlines.receiving() : TIME;
        this.left = time.toNanos();
        this.end = whole == null ? null : since + whole.toNanos();
        setDeadline();
    }

    /** So many more have arrived. */
    void received(int bytes) {
        received += bytes;
        if (received < PIECE) return;
        received = 0;
        left = time.toNanos();
        since = System.nanoTime();
        setDeadline();
    }

    /** The client has to wait until {@link #resume}: that time does not count. */
    void pause() {
        left -= System.nanoTime() - since;
    }

    void resume() {
        since = System.nanoTime();
        setDeadline();
    }

    private void setDeadline() {
        long nanos = end == null ? left : Math.min(left, end - System.nanoTime());
        deadlines.receive(request, Duration.ofNanos(nanos));
    }
}
