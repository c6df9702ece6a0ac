package io.parley.config.cluster;

import io.parley.config.settings.Settings;
import io.parley.config.settings.operations.ClusterSettings;
import io.parley.config.settings.operations.Role;
import io.parley.config.settings.sources.SettingsException;
import io.parley.kernel.Secret;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses settings with which a process could not work in a cluster, or would expose it. */
public final class ClusterSettingsCheck {
    private static final int MIN_PASSWORD_LENGTH = 16;

    /** Fails with {@link SettingsException}. */
    public static void check(Settings settings) {
        var cluster = settings.cluster();
        if (cluster.enabled()) checkMember(settings, cluster);
        else if (!cluster.roles().containsAll(Role.ALL))
            throw new SettingsException(
                    "cluster.roles", "without --cluster a process needs all roles; add --cluster or remove --roles");
    }

    private static void checkMember(Settings settings, ClusterSettings cluster) {
        if (cluster.needsDatabase() && settings.database().url().isEmpty())
            throw new SettingsException(
                    "database.url",
                    "must be set in a cluster, because other nodes cannot use the embedded PostgreSQL of this one");
        if ((cluster.has(Role.GATEWAY) || cluster.has(Role.USERS))
                && settings.jwt().secret().isEmpty())
            throw new SettingsException("jwt.secret", "must be set in a cluster, to the same value on every node");
        if (cluster.needsDatabase() && settings.keys().keyset() == null)
            throw new SettingsException("keys.keyset", "must be set in a cluster, to the same value on every node");
        if (cluster.password().map(Secret::value).orElse("").length() < MIN_PASSWORD_LENGTH)
            throw new SettingsException(
                    "cluster.password",
                    "must have at least " + MIN_PASSWORD_LENGTH
                            + " characters in a cluster and be the same on every node");
        checkHost(cluster);
    }

    // The open edition of Hazelcast cannot keep out anyone who reaches its port.
    private static void checkHost(ClusterSettings cluster) {
        var address = resolve(cluster.host());
        if (address.isAnyLocalAddress())
            throw new SettingsException(
                    "cluster.host", "other nodes cannot reach this one at " + cluster.host() + "; name one address");
        if (!isPrivate(address) && !cluster.trustNetwork())
            throw new SettingsException(
                    "cluster.host",
                    cluster.host()
                            + " is a public address, where anyone who reaches it could read and write everything;"
                            + " use a private address, or set cluster.trust-network if a firewall keeps strangers out");
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new SettingsException("cluster.host", "cannot resolve " + host);
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
