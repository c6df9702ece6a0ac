package io.parley.users.oidc;

import io.parley.kernel.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenID Connect.
 *
 * @param name part of URLs
 * @param title for people
 * @param issuer by HTTPS, or on loopback; its configuration is at {@code /.well-known/openid-configuration} below it
 * @param clientSecret null for a public client, which has PKCE alone
 * @param trustEmail whether an e-mail address counts as verified here if the provider says that it is
 * @param trustMfa whether no second factor is asked for after a sign-in there
 */
public record ProviderSettings(
        String name,
        String title,
        URI issuer,
        String clientId,
        @Nullable Secret clientSecret,
        List<String> scopes,
        boolean trustEmail,
        boolean trustMfa) {
    /** Whether a URL keeps what is sent to it from others: HTTPS, or HTTP on this machine. */
    public static boolean isSecure(URI url) {
        var host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) return false;
        return "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isLoopback(host));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
