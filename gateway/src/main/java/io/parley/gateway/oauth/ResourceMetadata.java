package io.parley.gateway.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.origin.Challenges;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.kernel.access.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;

/**
 * The metadata of Parley as a protected resource (RFC 9728). All doors are one resource. Any page may read it, so that clients in a
 * browser find out how to sign in.
 */
public final class ResourceMetadata {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String RESOURCE = "/mcp";
    private static final Map<String, String> ANY_ORIGIN = Map.of("Access-Control-Allow-Origin", "*");

    private final PublicOrigin origin;
    private final String prefix;

    /** @param authorizationServers their issuers; empty while there is none */
    private record Document(
            String resource,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> authorizationServers,
            List<String> scopesSupported,
            List<String> bearerMethodsSupported,
            String resourceName) {}

    /** @param prefix the path of the public URL, which the document also has behind its name (RFC 9728, 3.1) */
    public ResourceMetadata(PublicOrigin origin, String prefix) {
        this.origin = origin;
        this.prefix = prefix;
    }

    public void mount(Router router) {
        mount(router, Challenges.METADATA_PATH);
        mount(router, WELL_KNOWN);
        if (prefix.isEmpty()) return;
        mount(router, WELL_KNOWN + prefix);
        mount(router, WELL_KNOWN + prefix + RESOURCE);
    }

    private void mount(Router router, String path) {
        router.route(path).handler(context -> answer(context.request()));
    }

    private void answer(HttpServerRequest request) {
        var method = request.method();
        if (method.equals(HttpMethod.OPTIONS)) answerPreflight(request);
        else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
            origin.of(request)
                    .ifPresentOrElse(
                            url -> Answer.json(200, ANY_ORIGIN, document(url)).write(request.response()),
                            () -> Problems.answer(request, WELL_KNOWN, HttpError.noSuchPath()));
        else Problems.answer(request, WELL_KNOWN, HttpError.methodNotAllowed("GET, HEAD, OPTIONS"));
    }

    private static void answerPreflight(HttpServerRequest request) {
        new Answer(
                        204,
                        Map.of(
                                "Access-Control-Allow-Origin",
                                "*",
                                "Access-Control-Allow-Methods",
                                "GET",
                                "Access-Control-Allow-Headers",
                                "authorization, content-type, mcp-protocol-version",
                                "Access-Control-Max-Age",
                                "600"),
                        null)
                .write(request.response());
    }

    private static Document document(String url) {
        return new Document(url + RESOURCE, List.of(), Scope.texts(), List.of("header"), "Parley");
    }
}
