package io.parley.gateway.oauth;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.origin.PublicOrigin;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.function.Function;

/** A document about this server that pages of any origin may read, so that clients in a browser find out how to sign in. */
final class WellKnownDocument {
    private final PublicOrigin origin;
    private final Function<String, Record> document;

    /** @param document made of the public URL */
    WellKnownDocument(PublicOrigin origin, Function<String, Record> document) {
        this.origin = origin;
        this.document = document;
    }

    void mount(Router router, String path) {
        router.route(path).handler(context -> answer(context.request(), path));
    }

    private void answer(HttpServerRequest request, String path) {
        var method = request.method();
        if (method.equals(HttpMethod.OPTIONS)) AnyOrigin.answerPreflight(request, "GET");
        else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
            origin.of(request)
                    .ifPresentOrElse(
                            url -> Answer.json(200, AnyOrigin.HEADERS, document.apply(url))
                                    .write(request.response()),
                            () -> Problems.answer(request, path, HttpError.noSuchPath()));
        else Problems.answer(request, path, HttpError.methodNotAllowed("GET, HEAD, OPTIONS"));
    }
}
