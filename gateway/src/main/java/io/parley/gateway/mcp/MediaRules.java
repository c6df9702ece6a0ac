package io.parley.gateway.mcp;

import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Requests and answers are JSON. */
final class MediaRules {
    /** Fails with an {@link HttpError} if the request is something else, or its client takes only something else. */
    static void check(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) throw HttpError.compressed();
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isJson(type)) throw HttpError.unsupportedMediaType(List.of(MediaTypes.JSON));
        var accept = request.headers().getAll(HttpHeaders.ACCEPT);
        if (!accept.isEmpty() && accept.stream().noneMatch(MediaRules::takesJson)) throw HttpError.notAcceptable();
    }

    /** Fails with an {@link McpError} if the client does not take a stream of events. */
    static void checkTakesEvents(HttpServerRequest request) {
        var accept = request.headers().getAll(HttpHeaders.ACCEPT);
        if (!accept.isEmpty() && accept.stream().noneMatch(MediaRules::takesEvents))
            throw new McpError(
                    406,
                    McpError.INVALID_REQUEST,
                    "The answer is a stream of events, which the header Accept does not name.");
    }

    private static boolean isJson(String type) {
        var parts = type.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1);
        return parts[0].equals(MediaTypes.JSON)
                && Stream.of(parts)
                        .skip(1)
                        .allMatch(each -> !each.startsWith("charset") || each.matches("charset=\"?utf-?8\"?"));
    }

    private static boolean takesJson(String accept) {
        return takes(accept, List.of(MediaTypes.JSON, "application/*", "*/*"));
    }

    private static boolean takesEvents(String accept) {
        return takes(accept, List.of(MediaTypes.EVENT_STREAM, "text/*", "*/*"));
    }

    private static boolean takes(String accept, List<String> ranges) {
        return Stream.of(accept.toLowerCase(Locale.ROOT).split(",", -1))
                .map(range -> range.split(";", 2)[0].strip())
                .anyMatch(ranges::contains);
    }

    private MediaRules() {}
}
