package io.parley.gateway.oauth.clients;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where answers may go: https, programs on the user's machine, and schemes of programs' own (RFC 8252, 7). */
public final class RedirectUris {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Browsers would run them, show them, or send what they hold to somebody else. */
    private static final Set<String> UNSAFE_SCHEMES = Set.of(
            "javascript",
            "data",
            "vbscript",
            "file",
            "blob",
            "filesystem",
            "about",
            "view-source",
            "ws",
            "wss",
            "ftp",
            "mailto",
            "tel",
            "sms");

    static boolean mayBeRegistered(String uri) {
        return parse(uri).filter(RedirectUris::isSafe).isPresent();
    }

    /** Equal as texts, but a program on this machine may listen on any port (RFC 8252, 7.3). */
    static boolean match(String registered, String sent) {
        if (registered.equals(sent)) return true;
        var expected = parse(registered).filter(RedirectUris::isLoopback);
        var other = parse(sent).filter(RedirectUris::isSafe).filter(RedirectUris::isLoopback);
        return expected.isPresent()
                && other.isPresent()
                && host(expected.get()).equals(host(other.get()))
                && Objects.equals(expected.get().getRawPath(), other.get().getRawPath())
                && Objects.equals(expected.get().getRawQuery(), other.get().getRawQuery());
    }

    /** What a user is shown of it: the host, or the scheme of a program's own. */
    public static String shown(String uri) {
        var parsed = URI.create(uri);
        var host = parsed.getHost();
        if (host == null || !isWeb(parsed)) return parsed.getScheme() + ":";
        return isLoopback(parsed) ? host + " (this device)" : host;
    }

    private static Optional<URI> parse(String uri) {
        try {
            return Optional.of(URI.create(uri)).filter(parsed -> parsed.getScheme() != null);
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }

    private static boolean isSafe(URI uri) {
        if (uri.getRawFragment() != null || uri.getRawUserInfo() != null) return false;
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "https" -> uri.getHost() != null;
            case "http" -> isLoopback(uri);
            default -> !UNSAFE_SCHEMES.contains(scheme);
        };
    }

    private static boolean isLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(host(uri));
    }

    private static boolean isWeb(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private RedirectUris() {}
}
