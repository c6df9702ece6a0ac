package io.parley.config.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.parley.config.settings.operations.ClusterSettings;
import io.parley.kernel.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The configuration of Hazelcast. It finds the other nodes and keeps their registrations, and does nothing else. */
final class HazelcastConfig {
    // A node that is silent for 6 s is evicted, so that a request that waits for it fails well before the
    // request's deadline of 12 s. After a partition the two halves look for each other every 5 s.
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.logging.details.enabled", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "6"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.operation.call.timeout.millis", "8000"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "5"),
            // A few hundred entries need fewer partitions and threads than the defaults for a data grid.
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"));

    static {
        // A property of the process, because Hazelcast logs before it reads its configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
    }

    static Config of(ClusterSettings settings) {
        var config = new Config();
        config.setClusterName(clusterName(settings.password().orElseThrow()));
        PROPERTIES.forEach(config::setProperty);
        config.getMetricsConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(ownClassesOnly());
        // A configuration in code replaces default-cluster.xml of vertx-hazelcast, which has this.
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(1));
        // The advanced form opens only the endpoints that it names: none for Hazelcast clients, REST or memcache.
        var network = config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint(settings));
        configureJoin(network.getJoin(), settings);
        return config;
    }

    // Hazelcast joins only nodes with the same cluster name. The name travels in the clear, so it holds
    // a hash of the password.
    private static String clusterName(Secret password) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password.value().getBytes(UTF_8), mac.getAlgorithm()));
            return "parley-" + HexFormat.of().formatHex(mac.doFinal("the name of the cluster".getBytes(UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JavaSerializationFilterConfig ownClassesOnly() {
        var filter = new JavaSerializationFilterConfig().setDefaultsDisabled(false);
        filter.getWhitelist().addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.");
        return filter;
    }

    private static ServerSocketEndpointConfig endpoint(ClusterSettings settings) {
        var endpoint = new ServerSocketEndpointConfig()
                .setPort(settings.port())
                .setPortAutoIncrement(false)
                .setPublicAddress(settings.host() + ":" + settings.port());
        endpoint.getInterfaces().setEnabled(true).addInterface(settings.host());
        return endpoint;
    }

    private static void configureJoin(JoinConfig join, ClusterSettings settings) {
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (settings.kubernetesService().isPresent()) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", settings.kubernetesService().get())
                    .setProperty("service-port", String.valueOf(settings.port()));
        } else {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setConnectionTimeoutSeconds(2)
                    .setMembers(settings.members());
        }
    }

    private HazelcastConfig() {}
}
