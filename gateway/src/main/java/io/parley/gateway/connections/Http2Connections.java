package io.parley.gateway.connections;

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

/**
 * HTTP/2 connections with their requests in progress: while there is one, its own deadline counts, not that of the connection. Closes a
 * connection only when its answers have been read. For one event loop only.
 */
public final class Http2Connections {
    /** RFC 9113, 7. */
    static final long INTERNAL_ERROR = 2;

    /** RFC 9113, 8.1. */
    private static final long NO_ERROR = 0;

    /** RFC 9113, 8.1.1. */
    private static final long PROTOCOL_ERROR = 1;

    private static final Duration NEVER = Duration.ofDays(365);

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
    private final Deadlines deadlines;

    /** The answers in progress of each connection: those that are not sent to their end. */
    private final Map<HttpConnection, Set<HttpServerResponse>> inProgress = new HashMap<>();

    /** The requests of those answers that are complete here. */
    private final Set<HttpServerRequest> completed = new HashSet<>();

    /** The connections that are closed as soon as they are not in use. */
    private final Set<HttpConnection> closing = new HashSet<>();

    /** @param deadlines has one for each connection from when it is opened */
    public Http2Connections(Vertx vertx, HttpTimeouts timeouts, Deadlines deadlines) {
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.deadlines = deadlines;
    }

    /** Whether this request came over HTTP/2. */
    public static boolean carry(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** Ends a request and its answer at once, and with them the stream. */
    public static void abort(HttpServerRequest request) {
        request.response().reset(INTERNAL_ERROR);
    }

    /**
     * Lets the client send nothing more of a request that has its answer.
     *
     * @param isMalformed whether what it has sent breaks the protocol
     */
    public static void endAfterAnswer(HttpServerRequest request, boolean isMalformed) {
        if (!request.isEnded()) request.response().reset(isMalformed ? PROTOCOL_ERROR : NO_ERROR);
    }

    /** The head of a request has arrived. */
    public void begin(HttpServerRequest request) {
        var connection = request.connection();
        inProgress.computeIfAbsent(connection, first -> new HashSet<>()).add(request.response());
        deadlines.set(connection, NEVER, connection::close);
        deadlines.open(request.response(), timeouts.receive(), () -> abort(request));
    }

    /** The answer is complete here. A client that does not read it must not keep it in memory while it uses the connection for others. */
    public void complete(HttpServerRequest request) {
        deadlines.set(request.response(), timeouts.idle(), () -> Http2Streams.cancel(request));
        completed.add(request);
    }

    /** To be called regularly, because Vert.x reports the end of a stream to a single handler, which is the route's. */
    public void endSentAnswers() {
        completed.removeIf(this::endIfSent);
    }

    private boolean endIfSent(HttpServerRequest request) {
        if (!request.response().closed()) return false;
        end(request);
        return true;
    }

    private void end(HttpServerRequest request) {
        var connection = request.connection();
        deadlines.remove(request.response());
        var left = inProgress.get(connection);
        if (left == null || !left.remove(request.response()) || !left.isEmpty()) return;
        deadlines.set(connection, timeouts.idle(), connection::close);
        if (closing.contains(connection)) closeIfUnused(connection);
    }

    /** Closes the connection of the request as soon as it has no request in progress. */
    public void closeIfUnused(HttpServerRequest request) {
        closing.add(request.connection());
        closeIfUnused(request.connection());
    }

    private void closeIfUnused(HttpConnection connection) {
        var left = inProgress.get(connection);
        if (left != null && left.isEmpty()) deadlines.set(connection, LAST_READ, () -> sayGoodbye(connection));
    }

    private void sayGoodbye(HttpConnection connection) {
        connection.goAway(NO_ERROR);
        deadlines.set(
                connection, LINGER, () -> connection.shutdown(timeouts.idle().toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Closes the connections that are not in use. From now on, {@link #closeIfUnused(HttpServerRequest)} must follow each answer.
     *
     * @param limit for the others
     * @return completes when all of them are closed or the time has passed
     */
    public Future<Void> closeAll(Duration limit) {
        if (inProgress.isEmpty()) return Future.succeededFuture();
        Promise<Void> closed = Promise.promise();
        long end = System.nanoTime() + limit.toNanos();
        closing.addAll(inProgress.keySet());
        List.copyOf(inProgress.keySet()).forEach(this::closeIfUnused);
        vertx.setPeriodic(timeouts.tickMillis(), tick -> {
            if (!inProgress.isEmpty() && System.nanoTime() - end < 0) return;
            vertx.cancelTimer(tick);
            closed.complete();
        });
        return closed.future();
    }

    /** The connection is closed. */
    public void forget(HttpConnection connection) {
        closing.remove(connection);
        var answers = inProgress.remove(connection);
        if (answers != null) answers.forEach(deadlines::remove);
    }
}
