package io.parley.gateway.oauth;

import io.parley.gateway.http.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** CORS for what pages of any origin may use: it takes no cookie, and what it needs is in the request itself. */
final class AnyOrigin {
    static final Map<String, String> HEADERS = Map.of("Access-Control-Allow-Origin", "*");

    static void answerPreflight(HttpServerRequest request, String methods) {
        new Answer(
                        204,
                        Map.of(
                                "Access-Control-Allow-Origin",
                                "*",
                                "Access-Control-Allow-Methods",
                                methods,
                                "Access-Control-Allow-Headers",
                                "authorization, content-type, mcp-protocol-version",
                                "Access-Control-Max-Age",
                                "600"),
                        null)
                .write(request.response());
    }

    private AnyOrigin() {}
}
