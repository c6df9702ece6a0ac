package io.parley.gateway.streams;

import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes server-sent events (HTML Living Standard, 9.2). It buffers nothing for a slow client: callers check {@link
 * #isReady} before they write, and a client that reads nothing for the idle time-out is disconnected.
 */
public final class SseWriter {
    private static final Logger log = LoggerFactory.getLogger(SseWriter.class);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ConnectionDeadlines deadlines;
    private final Promise<Void> done = Promise.promise();

    public SseWriter(HttpServerRequest request, ConnectionDeadlines deadlines) {
        this.request = request;
        this.response = request.response();
        this.deadlines = deadlines;
    }

    /**
     * Whether there is room for another event. If not, the response's drain handler is called when there is again. After the end
     * of the response, such as a 504 that came first, there always is: events are dropped.
     */
    public boolean isReady() {
        return hasEnded() || !response.writeQueueFull();
    }

    private boolean hasEnded() {
        return response.ended() || response.closed();
    }

    public void event(@Nullable String id, String type, String data) {
        write((id == null ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + data + "\n\n");
    }

    /** An event without a type. */
    public void data(String data) {
        write("data: " + data + "\n\n");
    }

    /** Sets the client's Last-Event-ID without an event. */
    void lastEventId(String id) {
        write("id: " + id + "\n\n");
    }

    /** Sends the head, so that the client sees the stream open before there is an event. */
    public void begin() {
        if (response.headWritten() || response.closed()) return;
        prepareHead();
        deadlines.writingAnswer(request);
        response.writeHead();
    }

    /** Sends a comment, because proxies and clients close connections on which nothing arrives. */
    public void keepAlive() {
        if (isReady()) write(":\n\n");
    }

    private void write(String text) {
        if (hasEnded()) return;
        if (!response.headWritten()) prepareHead();
        deadlines.writingAnswer(request);
        response.write(text);
    }

    private void prepareHead() {
        SecurityHeaders.apply(response);
        // X-Accel-Buffering keeps nginx from collecting the events before it sends them on.
        response.setChunked(true)
                .putHeader("Content-Type", MediaTypes.EVENT_STREAM)
                .putHeader("X-Accel-Buffering", "no");
    }

    public void end(@Nullable Throwable failure) {
        if (failure == null) endResponse();
        else if (response.headWritten()) abort(failure);
        else done.tryFail(failure);
        done.tryComplete();
    }

    // 204 keeps browsers from reconnecting to a stream that has ended before its first event (9.2.3).
    private void endResponse() {
        if (hasEnded()) return;
        if (!response.headWritten()) SecurityHeaders.apply(response.setStatusCode(204));
        response.end();
    }

    // Ending the response would look like the regular end of the stream.
    private void abort(Throwable failure) {
        log.warn("Event stream aborted: {}", failure.getMessage());
        ConnectionDeadlines.abort(request);
    }

    /** Completes when the stream has ended; fails only if nothing was written. */
    public Future<Void> done() {
        return done.future();
    }
}
