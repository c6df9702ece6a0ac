package io.parley.gateway.streams;

import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of server-sent events (HTML Living Standard, 9.2). What its client does not read stays out of it: whoever
 * writes asks first whether it is ready, and a client that takes nothing for long is cut off.
 */
public final class SseWriter {
    private static final Logger log = LoggerFactory.getLogger(SseWriter.class);

    public static final String TYPE = "text/event-stream";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ConnectionDeadlines deadlines;
    private final Promise<Void> done = Promise.promise();

    SseWriter(HttpServerRequest request, ConnectionDeadlines deadlines) {
        this.request = request;
        this.response = request.response();
        this.deadlines = deadlines;
    }

    /** Whether the client takes what is written; once it does again, the drain handler of the response is called. */
    boolean isReady() {
        return !response.writeQueueFull();
    }

    void event(@Nullable String id, String type, String data) {
        write((id == null ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + data + "\n\n");
    }

    /** Where the client would go on, without anything to tell it. */
    void place(String id) {
        write("id: " + id + "\n\n");
    }

    /** Tells a client that it is heard, which may be before there is an event for it. */
    void begin() {
        if (response.headWritten() || response.closed()) return;
        head();
        deadlines.writing(request);
        response.writeHead();
    }

    /** Proxies and clients take a connection for dead on which nothing comes. */
    void keepAlive() {
        if (isReady()) write(":\n\n");
    }

    private void write(String text) {
        if (response.ended() || response.closed()) return;
        if (!response.headWritten()) head();
        deadlines.writing(request);
        response.write(text);
    }

    private void head() {
        SecurityHeaders.apply(response);
        // Nginx would collect the events otherwise.
        response.setChunked(true).putHeader("Content-Type", TYPE).putHeader("X-Accel-Buffering", "no");
    }

    void end(@Nullable Throwable failure) {
        if (failure != null && !response.headWritten()) {
            done.tryFail(failure);
            return;
        }
        if (failure != null) log.warn("A stream of events broke off: {}", failure.getMessage());
        if (failure != null) request.connection().close();
        else if (!response.ended() && !response.closed()) finish();
        done.tryComplete();
    }

    // Browsers come back to a stream that has ended, unless they are told that there is nothing (9.2.3 there).
    private void finish() {
        if (!response.headWritten()) SecurityHeaders.apply(response.setStatusCode(204));
        response.end();
    }

    /** Fails only where nothing was written. */
    Future<Void> done() {
        return done.future();
    }
}
