package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How this process joins other nodes.
 *
 * @param roles what runs in this process
 * @param host the address of this machine for the other nodes
 * @param members where other nodes may be, as host:port
 * @param kubernetesService the name of a headless service over all nodes, used instead of {@code members}
 */
public record ClusterSettings(
        boolean enabled,
        Set<Role> roles,
        Optional<Secret> password,
        String host,
        int port,
        int busPort,
        List<String> members,
        Optional<String> kubernetesService,
        boolean trustNetwork,
        Optional<Tls> tls) {

    /** Paths of PEM files. */
    public record Tls(String key, String certificate, String authority) {}

    public static ClusterSettings read(SettingValues values) {
        return new ClusterSettings(
                values.flag("cluster.enabled"),
                Role.read(values, "cluster.roles"),
                values.secret("cluster.password"),
                values.required("cluster.host"),
                values.number("cluster.port", 1, 65_535),
                values.number("cluster.bus-port", 1, 65_535),
                readMembers(values),
                values.optional("cluster.kubernetes-service-dns"),
                values.flag("cluster.trust-network"),
                readTls(values));
    }

    private static List<String> readMembers(SettingValues values) {
        var members = values.list("cluster.members");
        if (members.stream().anyMatch(member -> !member.matches(".+:\\d{1,5}")))
            throw values.invalid("cluster.members", "must look like 10.0.0.1:5701,10.0.0.2:5701");
        return members;
    }

    private static Optional<Tls> readTls(SettingValues values) {
        var key = values.optional("cluster.tls-key");
        var certificate = values.optional("cluster.tls-certificate");
        var authority = values.optional("cluster.tls-authority");
        if (key.isPresent() && certificate.isPresent() && authority.isPresent())
            return Optional.of(new Tls(key.get(), certificate.get(), authority.get()));
        if (key.isPresent() || certificate.isPresent() || authority.isPresent())
            throw values.invalid(
                    "cluster.tls-key", "must be set together with cluster.tls-certificate and cluster.tls-authority");
        return Optional.empty();
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether anything in this process reads or writes the database itself. */
    public boolean needsDatabase() {
        return roles.stream().anyMatch(Role::needsDatabase);
    }
}
