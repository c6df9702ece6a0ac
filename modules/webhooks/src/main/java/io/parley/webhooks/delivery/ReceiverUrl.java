package io.parley.webhooks.delivery;

import io.parley.kernel.Problem;
import io.parley.kernel.outbound.HostNames;
import io.parley.kernel.outbound.Network;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/** Which URLs can be called at all. The addresses that their names resolve to are checked before each call. */
public final class ReceiverUrl {
    private static final String POINTER = "/url";
    private static final int MAX_PORT = 65_535;

    /**
     * Fails invalid if the URL can never be called.
     *
     * @param allowPrivate whether http is permitted on loopback
     */
    public static URI check(String text, boolean allowPrivate) {
        var url = parse(text)
                .orElseThrow(() -> Problem.invalid(POINTER, "must be a URL such as https://example.org/hook"));
        if (!isSafe(url, allowPrivate))
            throw Problem.invalid(
                    POINTER,
                    allowPrivate ? "must begin with https://, or http:// on loopback" : "must begin with https://");
        return url;
    }

    private static Optional<URI> parse(String text) {
        try {
            var url = URI.create(text);
            boolean isWhole = url.getScheme() != null
                    && url.getHost() != null
                    && HostNames.isUnambiguous(url.getHost())
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= MAX_PORT
                    && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
            return isWhole ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    private static boolean isSafe(URI url, boolean allowPrivate) {
        if ("https".equalsIgnoreCase(url.getScheme())) return true;
        return allowPrivate && "http".equalsIgnoreCase(url.getScheme()) && isLoopback(url.getHost());
    }

    private static boolean isLoopback(String host) {
        return HostNames.isLocal(host)
                || Network.address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private ReceiverUrl() {}
}
