package io.parley.gateway.web;

import java.util.Locale;
import java.util.Set;

/**
 * Which paths belong to pages. The app shows "Not found" for most of them, but clients of other protocols probe for documents and must not
 * take a page for an answer.
 */
final class PagePaths {
    private static final Set<String> RESERVED = Set.of(
            "api",
            "v1",
            "mcp",
            "oauth",
            ".well-known",
            "assets",
            "health",
            "metrics",
            "docs",
            "openapi.yaml",
            "sse",
            "register",
            "authorize",
            "token");

    static boolean contains(String path) {
        int end = path.indexOf('/', 1);
        var first = path.substring(1, end < 0 ? path.length() : end);
        return !RESERVED.contains(first.toLowerCase(Locale.ROOT));
    }

    private PagePaths() {}
}
