package io.parley.gateway;

import io.parley.gateway.auth.TokenSettings;
import java.time.Duration;

/**
 * What the gateway must be told.
 *
 * @param port 0 takes a free one
 * @param requestTimeout from the complete request to the answer; longer than the bus waits, so that its time-outs win
 * @param receiveTimeout within which a whole request must have arrived
 * @param idleTimeout after which a connection that asks nothing is closed
 * @param shutdownTimeout how long the requests in flight may take to finish when the gateway stops
 */
public record GatewaySettings(
        String host,
        int port,
        Duration requestTimeout,
        Duration receiveTimeout,
        Duration idleTimeout,
        Duration shutdownTimeout,
        TokenSettings tokens) {}
