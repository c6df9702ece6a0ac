package io.parley.gateway.oauth.clients;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that may ask users to let it in. All are public clients, without a secret.
 *
 * @param name as it calls itself
 * @param redirectUris as they are registered
 */
public record OAuthClient(String id, String name, List<String> redirectUris) {
    /** The longest id or redirect URI, in characters. */
    public static final int MAX_URI = 2048;

    public static final int MAX_NAME = 100;

    /** Fails with an {@link IllegalArgumentException} whose message begins with what is wrong. */
    public OAuthClient {
        if (id.isBlank() || id.length() > MAX_URI)
            throw new IllegalArgumentException("client-id is missing or too long");
        if (name.isBlank() || name.length() > MAX_NAME)
            throw new IllegalArgumentException("name is missing or too long");
        if (redirectUris.isEmpty()) throw new IllegalArgumentException("redirect-uris has none");
        for (var uri : redirectUris)
            if (uri.length() > MAX_URI || !RedirectUris.mayBeRegistered(uri))
                throw new IllegalArgumentException(
                        "redirect-uris has one that is not https://, http:// on loopback or a"
                                + " scheme of the program's own, or that has a fragment");
        redirectUris = List.copyOf(redirectUris);
    }

    /**
     * Where the answer goes; empty if it must not go there.
     *
     * @param sent null if the request does not say, which needs exactly one to choose from
     */
    public Optional<String> redirectUri(@Nullable String sent) {
        if (sent == null) return redirectUris.size() == 1 ? Optional.of(redirectUris.get(0)) : Optional.empty();
        return redirectUris.stream()
                .filter(registered -> RedirectUris.match(registered, sent))
                .findFirst()
                .map(registered -> sent);
    }
}
