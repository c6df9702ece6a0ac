package io.parley.config.cluster;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.parley.config.settings.VertxSettings;
import io.parley.config.settings.operations.ClusterSettings;
import io.parley.kernel.crypto.TlsCipherSuites;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the event buses of several processes. */
public final class ClusterMembership {
    private static final Logger log = LoggerFactory.getLogger(ClusterMembership.class);

    private static final Duration PING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PING_REPLY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Returns when this process is a member; fails if it cannot become one. */
    public static Vertx join(ClusterSettings settings) {
        var manager = new HazelcastClusterManager(HazelcastConfig.of(settings));
        var vertx = Vertx.builder()
                .with(VertxSettings.options().setEventBusOptions(eventBus(settings)))
                .withClusterManager(manager)
                .buildClustered()
                .await();
        manager.getHazelcastInstance().getLifecycleService().addLifecycleListener(ClusterMembership::logRejoin);
        return vertx;
    }

    private static EventBusOptions eventBus(ClusterSettings settings) {
        var options = new EventBusOptions()
                .setHost(settings.host())
                .setPort(settings.busPort())
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setClusterPingInterval(PING_INTERVAL.toMillis())
                .setClusterPingReplyInterval(PING_REPLY_TIMEOUT.toMillis());
        settings.tls().ifPresent(tls -> secure(options, tls));
        return options;
    }

    private static void secure(EventBusOptions options, ClusterSettings.Tls tls) {
        TlsCipherSuites.RECOMMENDED.forEach(options::addEnabledCipherSuite);
        options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().setKeyPath(tls.key()).setCertPath(tls.certificate()))
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority()))
                .setClientAuth(ClientAuth.REQUIRED);
    }

    // After a merge the cluster manager registers the handlers of this node again by itself.
    private static void logRejoin(LifecycleEvent event) {
        if (event.getState() == LifecycleState.MERGED) log.info("Rejoined the cluster after a partition");
    }

    private ClusterMembership() {}
}
