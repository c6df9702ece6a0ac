package io.parley.gateway.oauth;

import io.parley.gateway.origin.PublicOrigin;
import io.parley.kernel.access.Scope;
import io.vertx.ext.web.Router;
import java.util.List;

/** The metadata of the authorization server (RFC 8414). */
final class ServerMetadata {
    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
    private static final List<String> NO_SECRET = List.of("none");

    private final WellKnownDocument document;
    private final String prefix;

    private record Document(
            String issuer,
            String authorizationEndpoint,
            String tokenEndpoint,
            String revocationEndpoint,
            List<String> scopesSupported,
            List<String> responseTypesSupported,
            List<String> responseModesSupported,
            List<String> grantTypesSupported,
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> revocationEndpointAuthMethodsSupported,
            List<String> codeChallengeMethodsSupported,
            boolean authorizationResponseIssParameterSupported,
            boolean clientIdMetadataDocumentSupported) {}

    /** @param prefix the path of the public URL, which the document also has behind its name (RFC 8414, 3.1) */
    ServerMetadata(PublicOrigin origin, String prefix) {
        this.document = new WellKnownDocument(origin, ServerMetadata::document);
        this.prefix = prefix;
    }

    void mount(Router router) {
        document.mount(router, WELL_KNOWN);
        if (!prefix.isEmpty()) document.mount(router, WELL_KNOWN + prefix);
    }

    private static Document document(String url) {
        return new Document(
                url,
                url + AuthorizationServer.AUTHORIZE,
                url + AuthorizationServer.TOKEN,
                url + AuthorizationServer.REVOKE,
                Scope.texts(),
                List.of("code"),
                List.of("query"),
                List.of("authorization_code", "refresh_token"),
                NO_SECRET,
                NO_SECRET,
                List.of("S256"),
                true,
                true);
    }
}
