package io.parley.gateway.http;

import io.parley.gateway.connections.Http2Connections;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that two HTTP implementations could read differently, which is what request smuggling needs
 * (RFC 9112, 11.2).
 */
public final class RequestGuard {
    /** In bytes: of the request line, in HTTP/2 of the target alone. */
    public static final int MAX_LINE_BYTES = 8 * 1024;

    // Some servers decode these to a terminator, a separator or a dot: NUL, slash, backslash, dot.
    private static final List<String> AMBIGUOUS_ESCAPES = List.of("%00", "%2f", "%5c", "%2e");
    private static final String SLASH = "%2f";

    /** Names of models have slashes, which OpenAI's libraries escape; they stay names, and are no paths of files. */
    private static final Pattern MODEL = Pattern.compile("(^|/)v1/models/[^/]+$");

    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|$)");

    /** Fails with an {@link HttpError} after which the connection must be closed. */
    public static void check(HttpServerRequest request) {
        var headers = request.headers();
        checkHost(request, headers.getAll(HttpHeaders.HOST));
        if (request.authority() == null) throw HttpError.malformed("The Host header is not a valid host.");
        // Netty's decoder accepts a line that begins with a colon.
        if (headers.contains("")) throw HttpError.malformed("A header has no name.");
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) checkTransferEncoding(headers);
        if (Http2Connections.carry(request)) checkPseudoPath(request.uri());
        checkTarget(request.uri());
        checkPath(String.valueOf(request.path()));
    }

    // HTTP/2 has :authority in its place, and may have both only if they are the same (RFC 9113, 8.3.1).
    private static void checkHost(HttpServerRequest request, List<String> hosts) {
        if (!Http2Connections.carry(request)) {
            if (hosts.size() != 1) throw HttpError.malformed("A request must have exactly one Host header.");
        } else if (!hosts.stream().allMatch(host -> host.equals(String.valueOf(request.authority()))))
            throw HttpError.malformed("The Host header is not the :authority of the request.");
    }

    private static void checkTransferEncoding(MultiMap headers) {
        if (headers.contains(HttpHeaders.CONTENT_LENGTH))
            throw HttpError.malformed("A request must not have both Content-Length and Transfer-Encoding.");
        var encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (encodings.size() != 1 || !encodings.get(0).strip().equalsIgnoreCase("chunked"))
            throw HttpError.malformed("Transfer-Encoding must be chunked.");
    }

    // RFC 9113, 8.3.1. CONNECT has no :path, and no use here.
    private static void checkPseudoPath(@Nullable String path) {
        if (path == null || !(path.startsWith("/") || path.equals("*")))
            throw HttpError.malformed("The :path must begin with a slash.");
    }

    private static void checkTarget(String target) {
        // The decoder of HTTP/1.1 has refused such a line already.
        if (target.length() > MAX_LINE_BYTES) throw HttpError.targetTooLong();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#')
                throw HttpError.malformed("The request target has a character that must be percent-encoded.");
        }
    }

    private static void checkPath(String path) {
        if (path.indexOf('%') >= 0)
            checkEscapes(path.toLowerCase(Locale.ROOT), MODEL.matcher(path).find());
        if (path.indexOf('\\') >= 0
                || path.contains("//")
                || (path.indexOf('.') >= 0 && DOT_SEGMENT.matcher(path).find()))
            throw HttpError.malformed("The path must not have empty segments, dot segments or backslashes.");
    }

    private static void checkEscapes(String path, boolean isModel) {
        if (AMBIGUOUS_ESCAPES.stream().anyMatch(each -> path.contains(each) && !(isModel && each.equals(SLASH))))
            throw HttpError.malformed("The path must not have an escaped NUL, slash, backslash or dot.");
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1))
            if (at + 2 >= path.length()
                    || Character.digit(path.charAt(at + 1), 16) < 0
                    || Character.digit(path.charAt(at + 2), 16) < 0)
                throw HttpError.malformed("The path has an invalid percent-encoding.");
    }

    private RequestGuard() {}
}
