package io.parley.config.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import io.parley.kernel.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hazelcast's settings: it tells the nodes of each other and no more than that is asked of it. */
final class HazelcastConfig {
    // A node that is silent for 6 s is out, so that what waits for it fails well before a request's time is over. Two
    // parts of a cluster that was torn look for each other every few seconds.
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
            // What is kept is a few hundred entries: fewer threads and partitions than for a data grid are enough.
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"));

    static {
        // Some of it logs before it has read its settings.
        System.setProperty("hazelcast.logging.type", "slf4j");
    }

    static Config of(ClusterSettings settings) {
        var config = new Config();
        config.setClusterName(name(settings.password().orElseThrow()));
        PROPERTIES.forEach(config::setProperty);
        config.getMetricsConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(onlyItsOwn());
        // As vertx-hazelcast has it in its default-cluster.xml, which a config in code replaces.
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(1));
        // With endpoints named one by one there is none for Hazelcast's clients, REST or memcache.
        var network = config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint(settings));
        join(network.getJoin(), settings);
        return config;
    }

    // A node with another password has another name, and Hazelcast joins none of another name. It travels in the clear.
    private static String name(Secret password) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password.value().getBytes(UTF_8), mac.getAlgorithm()));
            return "parley-" + HexFormat.of().formatHex(mac.doFinal("the name of the cluster".getBytes(UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JavaSerializationFilterConfig onlyItsOwn() {
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

    private static void join(JoinConfig join, ClusterSettings settings) {
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
