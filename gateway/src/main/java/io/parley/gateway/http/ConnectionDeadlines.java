package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Enforces one deadline per connection: for the request to arrive, for the answer to be ready, for the client to read it.
 * Vert.x's idle time-out does none of this, because a single byte now and then resets it. Checking all connections a few
 * times per second costs less than timers for every request. For one event loop only.
 */
public final class ConnectionDeadlines {
    private static final long MAX_TICK_MILLIS = 250;

    /** Of a body, in so much time. Any usable connection is faster. */
    private static final int RATE_BYTES = 64 * 1024;

    private static final Duration RATE_TIME = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpTimeouts timeouts;
    private final BiConsumer<HttpServerRequest, HttpError> refusal;
    private final Map<HttpConnection, Deadline> deadlines = new HashMap<>();

    private record Deadline(long nanoTime, Runnable onMissed) {}

    public ConnectionDeadlines(Vertx vertx, HttpTimeouts timeouts) {
        this(vertx, timeouts, (request, error) -> Problems.answer(request, "", error));
    }

    /** @param refusal answers a request that did not arrive in time */
    public ConnectionDeadlines(Vertx vertx, HttpTimeouts timeouts, BiConsumer<HttpServerRequest, HttpError> refusal) {
        this.refusal = refusal;
        this.vertx = vertx;
        this.timeouts = timeouts;
        vertx.setPeriodic(tickMillis(timeouts), tick -> checkAll());
    }

    private static long tickMillis(HttpTimeouts timeouts) {
        return Math.max(1, Math.min(MAX_TICK_MILLIS, timeouts.shortest().toMillis() / 4));
    }

    /** Starts the deadline for the head of the connection's first request. */
    public void connectionOpened(HttpConnection connection) {
        deadlines.put(connection, deadline(timeouts.receive(), connection::close));
        connection.closeHandler(closed -> deadlines.remove(connection));
    }

    /** False if the connection is about to be closed: further requests on it must be ignored. */
    public boolean isTracked(HttpConnection connection) {
        return deadlines.containsKey(connection);
    }

    /** Call this before closing a connection because of what arrived on it. */
    public void stopTracking(HttpConnection connection) {
        deadlines.remove(connection);
    }

    /** The head has arrived: starts the deadline for the body and, once the answer is out, the one for the next head. */
    public void requestStarted(HttpServerRequest request) {
        var connection = request.connection();
        receive(request, timeouts.receive(), tooSlow -> {});
        request.response().endHandler(ended -> set(connection, timeouts.idle(), connection::close));
    }

    /** The whole request has arrived: starts the deadline for the answer. {@code onMissed} answers in its place. */
    public void requestReceived(HttpServerRequest request, Runnable onMissed) {
        set(request.connection(), timeouts.request(), onMissed);
    }

    /** The answer may take longer than others: its deadline is put off until it is there or the client has disconnected. */
    public <T> Future<T> whileAnswering(HttpServerRequest request, Future<T> answer) {
        if (answer.isComplete()) return answer;
        writingAnswer(request);
        var timer = vertx.setPeriodic(Math.max(1, timeouts.idle().toMillis() / 2), tick -> writingAnswer(request));
        return answer.onComplete(done -> vertx.cancelTimer(timer));
    }

    /** The longest that a whole request may take to arrive. */
    Duration receiving() {
        return timeouts.receive();
    }

    /**
     * Starts a new deadline for the client to send something. After it the client is answered and disconnected.
     *
     * @param reader gets the failure, because Vert.x does not call a request's exception handler after the answer
     */
    void receive(HttpServerRequest request, Duration time, Consumer<Throwable> reader) {
        set(request.connection(), time, () -> {
            refusal.accept(request, HttpError.tooSlow());
            reader.accept(HttpError.tooSlow());
        });
    }

    /** A part of a long answer is being written: starts the deadline for the client to read it. */
    public void writingAnswer(HttpServerRequest request) {
        set(request.connection(), timeouts.idle(), request.connection()::close);
    }

    // A connection that has been closed in the meantime gets no new deadline.
    private void set(HttpConnection connection, Duration time, Runnable onMissed) {
        deadlines.computeIfPresent(connection, (open, previous) -> deadline(time, onMissed));
    }

    private static Deadline deadline(Duration time, Runnable onMissed) {
        return new Deadline(System.nanoTime() + time.toNanos(), onMissed);
    }

    private void checkAll() {
        long now = System.nanoTime();
        var missed = deadlines.entrySet().stream()
                .filter(entry -> entry.getValue().nanoTime() - now < 0)
                .map(Map.Entry::copyOf)
                .toList();
        for (var entry : missed) {
            var connection = entry.getKey();
            set(connection, timeouts.idle(), connection::close);
            entry.getValue().onMissed().run();
        }
    }

    /** The deadline of a body: so many bytes have to arrive in so much time, again and again. */
    final class ReceivingRate {
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
        ReceivingRate(HttpServerRequest request, @Nullable Duration whole, Consumer<Throwable> reader) {
            this.request = request;
            this.reader = reader;
            this.time = receiving().compareTo(RATE_TIME) < 0 ? receiving() : RATE_TIME;
            this.left = time.toNanos();
            this.end = whole == null ? null : since + whole.toNanos();
            setDeadline();
        }

        /** So many more have arrived. */
        void received(int bytes) {
            received += bytes;
            if (received < RATE_BYTES) return;
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
            receive(request, Duration.ofNanos(nanos), reader);
        }
    }
}
