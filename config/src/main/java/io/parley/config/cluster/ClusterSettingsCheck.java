package io.parley.config.cluster;

import io.parley.config.server.Role;
import io.parley.config.settings.Settings;
import io.parley.config.settings.SettingsException;
import io.parley.kernel.Secret;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What must hold before a process serves together with others. Fails with {@link SettingsException}. */
public final class ClusterSettingsCheck {
    private static final int SHORTEST_PASSWORD = 16;

    public static void check(Settings settings) {
        var cluster = settings.cluster();
        if (!cluster.enabled()) {
            if (!cluster.roles().containsAll(Role.ALL))
                throw new SettingsException(
                        "cluster.roles", "a process that joins no others (--cluster) needs them all");
            return;
        }
        if (cluster.needsDatabase() && settings.database().url().isEmpty())
            throw new SettingsException(
                    "database.url", "must be set in a cluster: the embedded PostgreSQL is this process's alone");
        if (cluster.has(Role.GATEWAY) && settings.jwt().secret().isEmpty())
            throw new SettingsException("jwt.secret", "must be set in a cluster, to the same on all nodes");
        if (cluster.has(Role.USERS) && settings.keys().keyset() == null)
            throw new SettingsException("keys.keyset", "must be set in a cluster, to the same on all nodes");
        if (cluster.password().map(Secret::value).orElse("").length() < SHORTEST_PASSWORD)
            throw new SettingsException(
                    "cluster.password",
                    "must have at least " + SHORTEST_PASSWORD + " characters, the same on all nodes");
        checkAddress(cluster);
    }

    // Nothing that Hazelcast's open edition has would keep a stranger out who can reach its port.
    private static void checkAddress(ClusterSettings cluster) {
        var address = address(cluster.host());
        if (address.isAnyLocalAddress())
            throw new SettingsException(
                    "cluster.host", cluster.host() + " is no address at which other nodes could reach this one");
        if (!isPrivate(address) && !cluster.trustNetwork())
            throw new SettingsException(
                    "cluster.host",
                    cluster.host() + " is a public address, and strangers who reach it could read and write everything;"
                            + " choose a private one, or set cluster.trust-network where something else keeps them out");
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new SettingsException("cluster.host", "no address is known for " + host);
        }
    }

    /** Loopback, RFC 1918 or RFC 4193. */
    static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || (address instanceof Inet6Address ? isUniqueLocal(address) : address.isSiteLocalAddress());
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    private ClusterSettingsCheck() {}
}
