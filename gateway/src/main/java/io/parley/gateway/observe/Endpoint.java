package io.parley.gateway.observe;

import java.util.List;

/**
 * What a request is for, from a closed list.
 *
 * @param operation an operationId, or the name of a door that openapi.yaml does not describe
 * @param route the path with its parameters in braces
 */
public record Endpoint(String operation, String route) {
    private static final String NONE = "unknown";
    private static final Endpoint PAGES = new Endpoint("web", "/*");

    /** Those below a longer path first. */
    private static final List<Door> DOORS = List.of(
            new Door("mcp", "/mcp"),
            new Door("openai.chat", "/v1/chat/completions"),
            new Door("openai.models", "/v1/models"),
            new Door("openai.responses", "/v1/responses"),
            new Door("openai.conversations", "/v1/conversations"),
            new Door("openai", "/v1"),
            new Door("oauth.authorize", "/oauth/authorize"),
            new Door("oauth.token", "/oauth/token"),
            new Door("oauth.revoke", "/oauth/revoke"),
            new Door("wellKnown", "/.well-known"),
            new Door("docs", "/docs"),
            new Door("web", "/assets"));

    /** A path and all below it. */
    private record Door(String operation, String route) {
        boolean has(String path) {
            return path.startsWith(route) && (path.length() == route.length() || path.charAt(route.length()) == '/');
        }
    }

    /** A path that does not exist, or a request that was refused before it was looked at. */
    static final Endpoint UNKNOWN = new Endpoint(NONE, NONE);

    /** A path that exists, with a method that it does not have. */
    public static Endpoint withoutOperation(String route) {
        return new Endpoint(NONE, route);
    }

    /** For a path that exists and that no operation of openapi.yaml answers. */
    static Endpoint ofDoor(String path) {
        return DOORS.stream()
                .filter(door -> door.has(path))
                .findFirst()
                .map(door -> new Endpoint(door.operation(), door.route()))
                .orElse(PAGES);
    }
}
