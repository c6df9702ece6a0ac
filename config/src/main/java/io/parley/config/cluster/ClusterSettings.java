package io.parley.config.cluster;

import io.parley.config.server.Role;
import io.parley.config.settings.SettingValues;
import io.parley.kernel.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How this process joins others.
 *
 * @param host an address of this machine
 * @param members where other nodes may be, as host:port
 * @param kubernetesService the name of a headless service over all nodes, in place of members
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

    /** Files in PEM. */
    record Tls(String key, String certificate, String authority) {}

    public static ClusterSettings of(SettingValues values) {
        return new ClusterSettings(
                values.flag("cluster.enabled"),
                Role.of(values, "cluster.roles"),
                values.secret("cluster.password"),
                values.name("cluster.host"),
                values.number("cluster.port", 1, 65_535),
                values.number("cluster.bus-port", 1, 65_535),
                members(values),
                given(values, "cluster.kubernetes-service-dns"),
                values.flag("cluster.trust-network"),
                tls(values));
    }

    private static List<String> members(SettingValues values) {
        var members = values.list("cluster.members");
        if (members.stream().anyMatch(member -> !member.matches(".+:\\d{1,5}")))
            throw values.wrong("cluster.members", "must be like 10.0.0.1:5701,10.0.0.2:5701");
        return members;
    }

    private static Optional<Tls> tls(SettingValues values) {
        var key = given(values, "cluster.tls-key");
        var certificate = given(values, "cluster.tls-certificate");
        var authority = given(values, "cluster.tls-authority");
        if (key.isPresent() && certificate.isPresent() && authority.isPresent())
            return Optional.of(new Tls(key.get(), certificate.get(), authority.get()));
        if (key.isPresent() || certificate.isPresent() || authority.isPresent())
            throw values.wrong("cluster.tls-key", "goes with cluster.tls-certificate and cluster.tls-authority");
        return Optional.empty();
    }

    private static Optional<String> given(SettingValues values, String key) {
        return Optional.of(values.text(key)).filter(text -> !text.isBlank());
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether anything here reads or writes the database itself. */
    public boolean needsDatabase() {
        return roles.stream().anyMatch(Role::isModule);
    }
}
