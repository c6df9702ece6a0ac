package io.parley.config;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;

/** Several processes as one: their event buses are joined. */
final class Cluster {
    private static final Duration PING = Duration.ofSeconds(1);
    private static final Duration PONG = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Returns when this process is in. Fails with {@link StartException}. */
    static Vertx join(ClusterSettings settings) {
        try {
            return Vertx.builder()
                    .with(new VertxOptions().setEventBusOptions(bus(settings)))
                    .withClusterManager(new HazelcastClusterManager(Membership.of(settings)))
                    .buildClustered()
                    .await();
        } catch (RuntimeException failure) {
            throw new StartException(
                    "cannot join the cluster at " + settings.host() + ":" + settings.port() + " and "
                            + settings.busPort() + ": " + failure.getMessage(),
                    failure);
        }
    }

    private static EventBusOptions bus(ClusterSettings settings) {
        var options = new EventBusOptions()
                .setHost(settings.host())
                .setPort(settings.busPort())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setClusterPingInterval(PING.toMillis())
                .setClusterPingReplyInterval(PONG.toMillis());
        settings.tls().ifPresent(tls -> secure(options, tls));
        return options;
    }

    private static void secure(EventBusOptions options, ClusterSettings.Tls tls) {
        options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().setKeyPath(tls.key()).setCertPath(tls.certificate()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority()))
                .setClientAuth(ClientAuth.REQUIRED);
    }

    private Cluster() {}
}
