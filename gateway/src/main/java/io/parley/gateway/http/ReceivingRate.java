package io.parley.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The deadline of a body: so many bytes have to arrive in so much time, again and again. */
final class ReceivingRate {
    /** Of a body, in so much time. Any usable connection is faster. */
    private static final int BYTES = 64 * 1024;

    private static final Duration TIME = Duration.ofSeconds(10);

    private final ConnectionDeadlines deadlines;
    private final HttpServerRequest request;
    private final Consumer<Throwable> reader;
    private final Duration time;
    private final @Nullable Long end;
    private long left;
    private long since = System.nanoTime();
    private int received;

    /**
     * @param whole for the whole body; null is no limit
     * @param reader gets the failure if the client is too slow
     */
    ReceivingRate(
            ConnectionDeadlines deadlines,
            HttpServerRequest request,
            @Nullable Duration whole,
            Consumer<Throwable> reader) {
        this.deadlines = deadlines;
        this.request = request;
        this.reader = reader;
        this.time = deadlines.receiving().compareTo(TIME) < 0 ? deadlines.receiving() : TIME;
        this.left = time.toNanos();
        this.end = whole == null ? null : since + whole.toNanos();
        setDeadline();
    }

    /** So many more have arrived. */
    void received(int bytes) {
        received += bytes;
        if (received < BYTES) return;
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
        deadlines.receive(request, Duration.ofNanos(nanos), reader);
    }
}
