package io.parley.gateway;

import io.parley.gateway.auth.TokenSettings;
import io.parley.gateway.connections.HttpTimeouts;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.gateway.oauth.clients.OAuthClient;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.tls.ServerTls;
import io.parley.transfer.ImportLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the gateway.
 *
 * @param port 0 takes a free one
 * @param tls null for clear text
 * @param requestTimeout from the complete request to the answer; must be longer than the bus's, so that the bus's comes
 *     first and says more
 * @param receiveTimeout for a whole request to arrive
 * @param idleTimeout after which a connection without a request is closed
 * @param corsOrigins whose pages may use the API from a browser, as browsers send them in {@code Origin}
 * @param origin how clients reach the server
 * @param shutdownTimeout for running requests to finish when the gateway stops
 * @param importLimits of everything that is imported
 * @param maxFileBytes of a file that is uploaded
 * @param bytesInFlight the largest sum of bodies and answers in memory
 * @param limits for users and addresses
 * @param oauthClients programs that may ask for access without a document of their own
 */
public record GatewaySettings(
        String host,
        int port,
        @Nullable ServerTls tls,
        Duration requestTimeout,
        Duration receiveTimeout,
        Duration idleTimeout,
        Set<String> corsOrigins,
        OriginSettings origin,
        Duration shutdownTimeout,
        TokenSettings tokens,
        ImportLimits importLimits,
        long maxFileBytes,
        long bytesInFlight,
        RequestLimitSettings limits,
        List<OAuthClient> oauthClients) {
    boolean isOnLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** Where people reach this server, without a slash at its end. */
    String publicUrl() {
        return origin.publicUrl() == null
                ? (tls == null ? "http" : "https") + "://localhost:" + port
                : origin.publicUrl().toString();
    }

    HttpTimeouts timeouts() {
        return new HttpTimeouts(receiveTimeout, requestTimeout, idleTimeout);
    }
}
