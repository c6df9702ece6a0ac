package io.parley.gateway.origin;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers that proxies add to a request: {@code Forwarded} (RFC 7239), or if it is absent {@code X-Forwarded-For}, {@code
 * X-Forwarded-Host} and {@code X-Forwarded-Proto}. The nearest proxy comes last.
 */
final class ForwardedHeaders {
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,;\"]*)\\s*([,;]|$)");
    private static final Pattern PORT = Pattern.compile("(?<=\\]):[0-9]{1,5}$|(?<=^[0-9.]{7,15}):[0-9]{1,5}$");

    /** For whom each proxy has forwarded, as addresses without port and brackets; what is hidden or malformed is no address. */
    static List<String> clients(MultiMap headers) {
        var forwarded = headers.getAll("Forwarded");
        var values = forwarded.isEmpty() ? listed(headers, "X-Forwarded-For") : parameters(forwarded, "for");
        return values.stream().map(ForwardedHeaders::withoutPort).toList();
    }

    /** The host that the client has asked the nearest proxy for. */
    static Optional<String> host(MultiMap headers) {
        return nearest(headers, "host", "X-Forwarded-Host");
    }

    /** The scheme that the client has used to the nearest proxy. */
    static Optional<String> scheme(MultiMap headers) {
        return nearest(headers, "proto", "X-Forwarded-Proto");
    }

    private static Optional<String> nearest(MultiMap headers, String parameter, String header) {
        var forwarded = headers.getAll("Forwarded");
        var values = forwarded.isEmpty() ? listed(headers, header) : parameters(forwarded, parameter);
        return values.stream().filter(value -> !value.isEmpty()).reduce((first, second) -> second);
    }

    private static List<String> listed(MultiMap headers, String name) {
        return headers.getAll(name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    private static List<String> parameters(List<String> headers, String name) {
        var values = new ArrayList<String>();
        for (var header : headers) {
            var matcher = PARAMETER.matcher(header);
            @Nullable String value = null;
            int end = 0;
            while (matcher.find() && matcher.start() == end) {
                end = matcher.end();
                if (matcher.group(1).toLowerCase(Locale.ROOT).equals(name)) value = unquoted(matcher.group(2));
                if (!matcher.group(3).equals(";")) {
                    values.add(value == null ? "" : value);
                    value = null;
                }
                if (end == header.length()) break;
            }
            if (end < header.length()) values.add("");
        }
        return values;
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    private static String withoutPort(String node) {
        var host = PORT.matcher(node).replaceFirst("");
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private ForwardedHeaders() {}
}
