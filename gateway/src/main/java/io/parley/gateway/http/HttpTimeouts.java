package io.parley.gateway.http;

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
    Duration shortest() {
        return Collections.min(List.of(receive, request, idle));
    }
}
