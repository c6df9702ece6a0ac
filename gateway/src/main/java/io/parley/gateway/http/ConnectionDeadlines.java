package io.parley.gateway.http;

import io.parley.gateway.GatewaySettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every connection is waited for, and until when. Vert.x's idle time-out is none of these: a byte now and then
 * keeps it quiet for ever. Looking at all connections a few times a second costs less than timers for every request.
 * For one event loop only.
 */
public final class ConnectionDeadlines {
    private static final long MAX_TICK_MILLIS = 250;

    private final GatewaySettings settings;
    private final Map<HttpConnection, Wait> waits = new HashMap<>();

    private record Wait(long end, Runnable late) {}

    public ConnectionDeadlines(Vertx vertx, GatewaySettings settings) {
        this.settings = settings;
        vertx.setPeriodic(tick(settings), timer -> sweep());
    }

    /** The head of its first request must arrive in time. */
    public void open(HttpConnection connection) {
        waits.put(connection, wait(settings.receiveTimeout(), connection::close));
        connection.closeHandler(closed -> waits.remove(connection));
    }

    /** Whether the connection is still waited for; where it is to be closed, what comes on it must be left alone. */
    public boolean isOpen(HttpConnection connection) {
        return waits.containsKey(connection);
    }

    public void abandon(HttpConnection connection) {
        waits.remove(connection);
    }

    /** The head is there; the rest must arrive in time. When the answer has gone out, so must the next head. */
    public void begin(HttpServerRequest request) {
        var connection = request.connection();
        renew(request);
        request.response().endHandler(ended -> await(connection, settings.idleTimeout(), connection::close));
    }

    /** All of the request is there; the answer must follow in time, or {@code late} gives one. */
    public void received(HttpServerRequest request, Runnable late) {
        await(request.connection(), settings.requestTimeout(), late);
    }

    /** Enough of a long body has come to wait as long again for more. */
    void renew(HttpServerRequest request) {
        await(request.connection(), settings.receiveTimeout(), () -> Problems.answer(request, "", HttpError.tooSlow()));
    }

    /** A piece of a long answer is on its way; its reader must take it in time. */
    public void writing(HttpServerRequest request) {
        await(request.connection(), settings.idleTimeout(), request.connection()::close);
    }

    // One that has been closed meanwhile is waited for no more.
    private void await(HttpConnection connection, Duration time, Runnable late) {
        waits.computeIfPresent(connection, (open, before) -> wait(time, late));
    }

    private static Wait wait(Duration time, Runnable late) {
        return new Wait(System.nanoTime() + time.toNanos(), late);
    }

    private void sweep() {
        long now = System.nanoTime();
        var late = waits.entrySet().stream()
                .filter(wait -> wait.getValue().end() - now < 0)
                .map(Map.Entry::copyOf)
                .toList();
        for (var wait : late) {
            var connection = wait.getKey();
            await(connection, settings.idleTimeout(), connection::close);
            wait.getValue().late().run();
        }
    }

    private static long tick(GatewaySettings settings) {
        var shortest = List.of(settings.requestTimeout(), settings.receiveTimeout(), settings.idleTimeout()).stream()
                .min(Duration::compareTo)
                .orElseThrow();
        return Math.max(1, Math.min(MAX_TICK_MILLIS, shortest.toMillis() / 4));
    }
}
