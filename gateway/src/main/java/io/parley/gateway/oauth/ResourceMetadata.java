package io.parley.gateway.oauth;

import io.parley.gateway.origin.Challenges;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.kernel.access.Scope;
import io.vertx.ext.web.Router;
import java.util.List;

/** The metadata of Parley as a protected resource (RFC 9728). All doors are one resource. */
public final class ResourceMetadata {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String RESOURCE = "/mcp";

    private final WellKnownDocument document;
    private final String prefix;

    /** @param authorizationServers their issuers */
    private record Document(
            String resource,
            List<String> authorizationServers,
            List<String> scopesSupported,
            List<String> bearerMethodsSupported,
            String resourceName) {}

    /** @param prefix the path of the public URL, which the document also has behind its name (RFC 9728, 3.1) */
    public ResourceMetadata(PublicOrigin origin, String prefix) {
        this.document = new WellKnownDocument(
                origin, url -> new Document(url + RESOURCE, List.of(url), Scope.texts(), List.of("header"), "Parley"));
        this.prefix = prefix;
    }

    public void mount(Router router) {
        document.mount(router, Challenges.METADATA_PATH);
        document.mount(router, WELL_KNOWN);
        if (prefix.isEmpty()) return;
        document.mount(router, WELL_KNOWN + prefix);
        document.mount(router, WELL_KNOWN + prefix + RESOURCE);
    }
}
