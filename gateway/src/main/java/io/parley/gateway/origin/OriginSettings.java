package io.parley.gateway.origin;

import io.parley.kernel.outbound.Network;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How clients reach this server.
 *
 * @param publicUrl the URL that clients use, without a slash at its end; its path precedes every path. Null if it is not known
 * @param hosts more names that requests may be sent to
 * @param trustedProxies whose forwarding headers count
 * @param securityContact where to report a vulnerability, as a URL; null if there is none
 */
public record OriginSettings(
        @Nullable URI publicUrl,
        Set<String> hosts,
        List<Network> trustedProxies,
        @Nullable String securityContact) {
    /** Clients use the address that the server listens on. */
    public static final OriginSettings DIRECT = new OriginSettings(null, Set.of(), List.of(), null);

    public TrustedProxies proxies() {
        return new TrustedProxies(trustedProxies);
    }

    /** The path of the public URL, such as {@code /parley}; mostly empty. */
    public String prefix() {
        return publicUrl == null || publicUrl.getPath() == null ? "" : publicUrl.getPath();
    }

    /** @param isOnLoopback whether the server listens there */
    public AllowedHosts allowedHosts(boolean isOnLoopback) {
        var names = new HashSet<String>();
        if (publicUrl != null) {
            names.add(publicUrl.getHost().toLowerCase(Locale.ROOT));
            names.addAll(hosts);
        }
        return new AllowedHosts(names, isOnLoopback, proxies());
    }

    /** Whether clients use HTTPS. */
    public boolean isSecure() {
        return publicUrl != null && "https".equals(publicUrl.getScheme());
    }
}
