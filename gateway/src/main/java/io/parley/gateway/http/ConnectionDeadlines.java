package io.parley.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http2Streams;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Enforces one deadline per request in progress, and one per connection between them: for the request to arrive, for the answer to be ready, for the client to read it.
 * Vert.x's idle time-out does none of this, because a single byte now and then resets it. Checking all connections a few
 * times per second costs less than timers for every request. For one event loop only.
 */
public final class ConnectionDeadlines {
    private static final long MAX_TICK_MILLIS = 250;

    /** RFC 9113, 8.1. */
    private static final long NO_ERROR = 0;

    /** RFC 9113, 8.1.1. */
    private static final long PROTOCOL_ERROR = 1;

    /** RFC 9113, 7. */
    private static final long INTERNAL_ERROR = 2;

    private static final Duration NEVER = Duration.ofDays(365);

    /** Of a body, in so much time. Any usable connection is faster. */
    private static final int RATE_BYTES = 64 * 1024;

    private static final Duration RATE_TIME = Duration.ofSeconds(10);

    /**
     * So much after its last answer an HTTP/2 connection gets its GOAWAY. On a GOAWAY, the client of JDK 17 fails every request whose
     * answer it has not read to the end, even if all of it has arrived.
     */
    private static final Duration LAST_READ = Duration.ofMillis(250);

    /**
     * So much later the connection is closed, unless the client has closed it. A frame of a client that still reads would otherwise arrive
     * at a closed connection, which makes the client's system drop what it has received.
     */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final HttpTimeouts timeouts;
    private final BiConsumer<HttpServerRequest, HttpError> refusal;

    /** By connection, and for HTTP/2 by answer as well: a router wraps requests, but not their answers. */
    private final Map<Object, Deadline> deadlines = new HashMap<>();

    /** The responses in progress of each HTTP/2 connection: those that are not sent to their end. */
    private final Map<HttpConnection, Set<HttpServerResponse>> inProgress = new HashMap<>();

    /** Those of their requests whose responses are complete here. */
    private final Set<HttpServerRequest> completed = new HashSet<>();

    /** The HTTP/2 connections that are closed as soon as they are not in use. */
    private final Set<HttpConnection> closing = new HashSet<>();

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
        connection.closeHandler(closed -> forget(connection));
    }

    /** Call this when a connection has switched to HTTP/2. */
    public void connectionSwitched(HttpConnection before, HttpConnection now) {
        forget(before);
        connectionOpened(now);
    }

    private void forget(HttpConnection connection) {
        deadlines.remove(connection);
        closing.remove(connection);
        var answers = inProgress.remove(connection);
        if (answers != null) answers.forEach(deadlines::remove);
    }

    /** False if the connection is about to be closed: further requests on it must be ignored. */
    public boolean isTracked(HttpConnection connection) {
        return deadlines.containsKey(connection);
    }

    /**
     * Call this before a connection is closed because of a request that arrived on it. On HTTP/2 only the request ends, because
     * it cannot hide another one.
     */
    public void stopTracking(HttpServerRequest request) {
        if (!isMultiplexed(request)) deadlines.remove(request.connection());
    }

    /** Lets the client send nothing more of a request that has its answer. */
    static void endAfterAnswer(HttpServerRequest request, HttpError error) {
        if (!isMultiplexed(request)) request.connection().close();
        else if (!request.isEnded()) request.response().reset(error.isBrokenBody() ? PROTOCOL_ERROR : NO_ERROR);
    }

    /** Ends a request and its answer at once: on HTTP/2 its stream, else its connection. */
    public static void abort(HttpServerRequest request) {
        if (isMultiplexed(request)) request.response().reset(INTERNAL_ERROR);
        else request.connection().close();
    }

    static boolean isMultiplexed(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }

    private static Object key(HttpServerRequest request) {
        return isMultiplexed(request) ? request.response() : request.connection();
    }

    /**
     * The head has arrived: starts the deadline for the body and, once the answer is out, the one for the next head.
     *
     * @param onEnd is called when the answer is complete or the client has disconnected
     */
    public void requestStarted(HttpServerRequest request, Runnable onEnd) {
        if (isMultiplexed(request)) begin(request);
        receive(request, timeouts.receive(), tooSlow -> {});
        request.response().endHandler(ended -> {
            if (isMultiplexed(request)) complete(request);
            else set(request.connection(), timeouts.idle(), request.connection()::close);
            onEnd.run();
        });
    }

    // While a request is in progress, its own deadline counts, not that of the connection.
    private void begin(HttpServerRequest request) {
        var connection = request.connection();
        inProgress.computeIfAbsent(connection, first -> new HashSet<>()).add(request.response());
        set(connection, NEVER, connection::close);
        deadlines.put(key(request), deadline(timeouts.receive(), () -> abort(request)));
    }

    // The client may not read it: then it must not stay in memory while the connection is in use for others.
    private void complete(HttpServerRequest request) {
        set(key(request), timeouts.idle(), () -> Http2Streams.cancel(request));
        completed.add(request);
    }

    // Vert.x reports the end of a stream to a single handler, which is the route's.
    private boolean endIfSent(HttpServerRequest request) {
        if (!request.response().closed()) return false;
        end(request);
        return true;
    }

    private void end(HttpServerRequest request) {
        var connection = request.connection();
        deadlines.remove(key(request));
        var left = inProgress.get(connection);
        if (left == null || !left.remove(request.response()) || !left.isEmpty()) return;
        set(connection, timeouts.idle(), connection::close);
        if (closing.contains(connection)) closeIfUnused(connection);
    }

    /** Closes an HTTP/2 connection as soon as it has no request in progress. */
    public void closeIfUnused(HttpServerRequest request) {
        closing.add(request.connection());
        closeIfUnused(request.connection());
    }

    private void closeIfUnused(HttpConnection connection) {
        var left = inProgress.get(connection);
        if (left != null && left.isEmpty()) set(connection, LAST_READ, () -> sayGoodbye(connection));
    }

    private void sayGoodbye(HttpConnection connection) {
        connection.goAway(NO_ERROR);
        set(connection, LINGER, () -> connection.shutdown(timeouts.idle().toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Closes the HTTP/2 connections that are not in use. From now on, {@link #closeIfUnused(HttpServerRequest)} must follow each answer.
     *
     * @param limit for the others
     * @return completes when all of them are closed or the time has passed
     */
    public Future<Void> closeMultiplexed(Duration limit) {
        Promise<Void> closed = Promise.promise();
        long end = System.nanoTime() + limit.toNanos();
        closing.addAll(inProgress.keySet());
        List.copyOf(inProgress.keySet()).forEach(this::closeIfUnused);
        vertx.setPeriodic(tickMillis(timeouts), tick -> {
            if (!inProgress.isEmpty() && System.nanoTime() - end < 0) return;
            vertx.cancelTimer(tick);
            closed.complete();
        });
        return closed.future();
    }

    /** The whole request has arrived: starts the deadline for the answer. {@code onMissed} answers in its place. */
    public void requestReceived(HttpServerRequest request, Runnable onMissed) {
        set(key(request), timeouts.request(), onMissed);
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
        set(key(request), time, () -> {
            refusal.accept(request, HttpError.tooSlow());
            reader.accept(HttpError.tooSlow());
        });
    }

    /** A part of a long answer is being written: starts the deadline for the client to read it. */
    public void writingAnswer(HttpServerRequest request) {
        set(key(request), timeouts.idle(), () -> abort(request));
    }

    // A connection that has been closed in the meantime gets no new deadline.
    private void set(Object key, Duration time, Runnable onMissed) {
        deadlines.computeIfPresent(key, (open, previous) -> deadline(time, onMissed));
    }

    private static Deadline deadline(Duration time, Runnable onMissed) {
        return new Deadline(System.nanoTime() + time.toNanos(), onMissed);
    }

    private void checkAll() {
        completed.removeIf(this::endIfSent);
        long now = System.nanoTime();
        var missed = deadlines.entrySet().stream()
                .filter(entry -> entry.getValue().nanoTime() - now < 0)
                .map(Map.Entry::copyOf)
                .toList();
        for (var entry : missed) {
            var key = entry.getKey();
            set(key, timeouts.idle(), () -> close(key));
            entry.getValue().onMissed().run();
        }
    }

    private static void close(Object key) {
        if (key instanceof HttpServerResponse answer) answer.reset(INTERNAL_ERROR);
        else if (key instanceof HttpConnection connection) connection.close();
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
