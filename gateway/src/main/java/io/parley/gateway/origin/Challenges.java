package io.parley.gateway.origin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.parley.gateway.http.HttpError;
import io.vertx.core.http.HttpServerRequest;

/**
 * Completes the challenges of all answers, whichever door writes them: each 401 has one (RFC 6750, 3), and each names the document that
 * says where a token can be had (RFC 9728, 5.1). One answer without it is enough to keep clients from signing in
 * (https://github.com/IBM/mcp-context-forge/issues/3993).
 */
public final class Challenges {
    /** The path of that document. */
    public static final String METADATA_PATH = "/.well-known/oauth-protected-resource/mcp";

    private final PublicOrigin origin;

    public Challenges(PublicOrigin origin) {
        this.origin = origin;
    }

    /** To be called when the head of an answer is about to be sent. */
    public void complete(HttpServerRequest request) {
        var response = request.response();
        var challenge = response.headers().get(HttpHeaderNames.WWW_AUTHENTICATE);
        if (challenge == null && response.getStatusCode() != 401) return;
        var sent = challenge == null ? HttpError.CHALLENGE : challenge;
        if (!sent.startsWith(HttpError.CHALLENGE)) return;
        var metadata = origin.of(request)
                .map(url -> ", resource_metadata=\"" + url + METADATA_PATH + '"')
                .orElse("");
        response.putHeader(
                HttpHeaderNames.WWW_AUTHENTICATE,
                HttpError.CHALLENGE + metadata + sent.substring(HttpError.CHALLENGE.length()));
    }
}
