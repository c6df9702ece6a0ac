package io.parley.gateway.http;

import io.parley.gateway.connections.Deadlines;
import io.parley.gateway.connections.Http2Connections;
import io.parley.gateway.connections.HttpTimeouts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Enforces one deadline per request in progress, and one per connection between them: for the request to arrive, for the answer to be ready, for the client to read it.
 * Vert.x's idle time-out does none of this, because a single byte now and then resets it. For one event loop only.
 */
public final class ConnectionDeadlines {
    private final Vertx vertx;
    private final HttpTimeouts timeouts;
    private final BiConsumer<HttpServerRequest, HttpError> refusal;
    private final Deadlines deadlines;
    private final Http2Connections http2;

    public ConnectionDeadlines(Vertx vertx, HttpTimeouts timeouts) {
        this(vertx, timeouts, (request, error) -> Problems.answer(request, "", error));
    }

    /** @param refusal answers a request that did not arrive in time */
    public ConnectionDeadlines(Vertx vertx, HttpTimeouts timeouts, BiConsumer<HttpServerRequest, HttpError> refusal) {
        this.refusal = refusal;
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.deadlines = new Deadlines(timeouts.idle());
        this.http2 = new Http2Connections(vertx, timeouts, deadlines);
        vertx.setPeriodic(timeouts.tickMillis(), tick -> {
            http2.endSentAnswers();
            deadlines.check();
        });
    }

    /** The connections that have switched to HTTP/2. */
    public Http2Connections http2() {
        return http2;
    }

    /** Starts the deadline for the head of the connection's first request. */
    public void connectionOpened(HttpConnection connection) {
        deadlines.open(connection, timeouts.receive(), connection::close);
        connection.closeHandler(closed -> forget(connection));
    }

    /** Call this when a connection has switched to HTTP/2. */
    public void connectionSwitched(HttpConnection before, HttpConnection now) {
        forget(before);
        connectionOpened(now);
    }

    private void forget(HttpConnection connection) {
        deadlines.remove(connection);
        http2.forget(connection);
    }

    /** False if the connection is about to be closed: further requests on it must be ignored. */
    public boolean isTracked(HttpConnection connection) {
        return deadlines.has(connection);
    }

    /**
     * Call this before a connection is closed because of a request that arrived on it. On HTTP/2 only the request ends, because
     * it cannot hide another one.
     */
    public void stopTracking(HttpServerRequest request) {
        if (!Http2Connections.carry(request)) deadlines.remove(request.connection());
    }

    /** Lets the client send nothing more of a request that has its answer. */
    static void endAfterAnswer(HttpServerRequest request, HttpError error) {
        if (Http2Connections.carry(request)) Http2Connections.endAfterAnswer(request, error.isBrokenBody());
        else request.connection().close();
    }

    /** Ends a request and its answer at once: on HTTP/2 its stream, else its connection. */
    public static void abort(HttpServerRequest request) {
        if (Http2Connections.carry(request)) Http2Connections.abort(request);
        else request.connection().close();
    }

    /**
     * The head has arrived: starts the deadline for the body and, once the answer is out, the one for the next head.
     *
     * @param onEnd is called when the answer is complete or the client has disconnected
     */
    public void requestStarted(HttpServerRequest request, Runnable onEnd) {
        if (Http2Connections.carry(request)) http2.begin(request);
        receive(request, timeouts.receive(), tooSlow -> {});
        request.response().endHandler(ended -> {
            if (Http2Connections.carry(request)) http2.complete(request);
            else deadlines.set(request.connection(), timeouts.idle(), request.connection()::close);
            onEnd.run();
        });
    }

    /** The whole request has arrived: starts the deadline for the answer. {@code onMissed} answers in its place. */
    public void requestReceived(HttpServerRequest request, Runnable onMissed) {
        set(request, timeouts.request(), onMissed);
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
        set(request, time, () -> {
            refusal.accept(request, HttpError.tooSlow());
            reader.accept(HttpError.tooSlow());
        });
    }

    /** A part of a long answer is being written: starts the deadline for the client to read it. */
    public void writingAnswer(HttpServerRequest request) {
        set(request, timeouts.idle(), () -> abort(request));
    }

    private void set(HttpServerRequest request, Duration time, Runnable onMissed) {
        deadlines.set(Http2Connections.carry(request) ? request.response() : request.connection(), time, onMissed);
    }
}
