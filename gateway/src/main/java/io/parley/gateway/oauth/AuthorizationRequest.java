package io.parley.gateway.oauth;

import io.parley.gateway.oauth.clients.OAuthClient;
import io.parley.kernel.access.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A program's request to be let in (RFC 6749, 4.1.1; RFC 7636; RFC 8707).
 *
 * @param scopes those that it asks for, all if it names none that there are
 * @param codeChallenge of the method S256
 */
record AuthorizationRequest(OAuthClient client, Redirect redirect, List<Scope> scopes, String codeChallenge) {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Fails with an {@link OAuthError} that may be sent to the program. */
    static AuthorizationRequest read(OAuthClient client, Redirect redirect, OAuthParameters parameters) {
        if (!parameters.require("response_type").equals("code")) throw OAuthError.unsupportedResponseType();
        var challenge = parameters.require("code_challenge");
        if (!"S256".equals(parameters.find("code_challenge_method")))
            throw OAuthError.invalidRequest("code_challenge_method must be S256.");
        if (!CHALLENGE.matcher(challenge).matches())
            throw OAuthError.invalidRequest("code_challenge must be 43 characters of base64url.");
        requireOwnResource(redirect.issuer(), parameters);
        return new AuthorizationRequest(client, redirect, scopes(parameters), challenge);
    }

    /** All doors are one resource, and clients write it in several ways. */
    static void requireOwnResource(String publicUrl, OAuthParameters parameters) {
        for (var resource : parameters.all("resource"))
            if (!List.of(publicUrl, publicUrl + '/', publicUrl + "/mcp", publicUrl + "/mcp/")
                    .contains(resource)) throw OAuthError.invalidTarget();
    }

    private static List<Scope> scopes(OAuthParameters parameters) {
        var asked = Optional.ofNullable(parameters.find("scope")).orElse("");
        var known = Arrays.stream(asked.split(" ", -1))
                .flatMap(text -> Scope.of(text).stream())
                .distinct()
                .sorted()
                .toList();
        return known.isEmpty() ? List.of(Scope.values()) : known;
    }

    /** The address of the page for it, without what the program has sent besides, as a path of this server. */
    String path() {
        var query = new StringJoiner("&", AuthorizationServer.AUTHORIZE + "?", "")
                .add("response_type=code")
                .add(parameter("client_id", client.id()))
                .add(parameter("redirect_uri", redirect.uri()))
                .add(parameter("scope", Scope.list(scopes)))
                .add(parameter("code_challenge", codeChallenge))
                .add("code_challenge_method=S256");
        if (redirect.state() != null) query.add(parameter("state", redirect.state()));
        return query.toString();
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** All that a user consents to, as one text. */
    String digest() {
        return String.join(
                "\n",
                client.id(),
                redirect.uri(),
                String.valueOf(redirect.state()),
                redirect.issuer(),
                Scope.list(scopes),
                codeChallenge);
    }
}
