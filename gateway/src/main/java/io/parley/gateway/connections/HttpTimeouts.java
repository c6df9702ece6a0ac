package io.parley.gateway.connections;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long a connection may take for each part of an exchange.
 *
 * @param receive for a whole request to arrive
 * @param request from the complete request to its answer
 * @param idle without a request, or without reading any of an answer
 */
public record HttpTimeouts(Duration receive, Duration request, Duration idle) {
    private static final long MAX_TICK_MILLIS = 250;

    /** Deadlines are checked this often: often enough for the shortest of these times. */
    public long tickMillis() {
        var shortest = Collections.min(List.of(receive, request, idle));
        return Math.max(1, Math.min(MAX_TICK_MILLIS, shortest.toMillis() / 4));
    }
}
