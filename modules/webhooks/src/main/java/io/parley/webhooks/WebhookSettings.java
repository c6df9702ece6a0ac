package io.parley.webhooks;

import io.parley.kernel.outbound.OutboundHttp;
import io.parley.kernel.outbound.OutboundLimits;
import io.parley.kernel.outbound.PublicAddresses;
import io.vertx.core.Vertx;
import java.time.Duration;

/** @param allowPrivate whether webhooks may call loopback and private networks, and loopback without TLS */
public record WebhookSettings(boolean allowPrivate) {
    /** A receiver that answers later than this has not answered. The bodies of answers are of no use. */
    private static final OutboundLimits LIMITS = new OutboundLimits(Duration.ofSeconds(15), 4 * 1024, 512, 32);

    OutboundHttp open(Vertx vertx, String name) {
        return new OutboundHttp(
                vertx, name, allowPrivate ? PublicAddresses::containOrArePrivate : PublicAddresses::contain, LIMITS);
    }
}
