package io.parley.config.cluster;

import com.hazelcast.core.LifecycleEvent;
import io.parley.config.server.StartException;
import io.parley.config.server.VertxSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several processes as one: their event buses are joined. */
public final class ClusterMembership {
    private static final Logger log = LoggerFactory.getLogger(ClusterMembership.class);

    private static final Duration PING = Duration.ofSeconds(1);
    private static final Duration PONG = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Returns when this process is in. Fails with {@link StartException}. */
    public static Vertx join(ClusterSettings settings) {
        var manager = new HazelcastClusterManager(HazelcastConfig.of(settings));
        try {
            var vertx = Vertx.builder()
                    .with(VertxSettings.options().setEventBusOptions(bus(settings)))
                    .withClusterManager(manager)
                    .buildClustered()
                    .await();
            manager.getHazelcastInstance().getLifecycleService().addLifecycleListener(ClusterMembership::tell);
            return vertx;
        } catch (RuntimeException failure) {
            throw new StartException(
                    "cannot join the cluster at " + settings.host() + ":" + settings.port() + " and "
                            + settings.busPort() + ": " + failure.getMessage(),
                    failure);
        }
    }

    // What answers here and who listens is made known again by the cluster manager then.
    private static void tell(LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.MERGED)
            log.info("In the cluster again, after it was torn");
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

    private ClusterMembership() {}
}
