package io.parley.gateway.observe;

/**
 * What a request is for, from a closed list.
 *
 * @param operation an operationId, or the name of a door that openapi.yaml does not describe
 * @param route the path with its parameters in braces
 */
public record Endpoint(String operation, String route) {
    private static final String NONE = "unknown";

    /** A path that does not exist, or a request that was refused before it was looked at. */
    static final Endpoint UNKNOWN = new Endpoint(NONE, NONE);

    /** A path that exists, with a method that it does not have. */
    public static Endpoint withoutOperation(String route) {
        return new Endpoint(NONE, route);
    }

    /** For a path that exists and that no operation of openapi.yaml answers. */
    static Endpoint ofDoor(String path) {
        if (path.equals("/mcp")) return new Endpoint("mcp", "/mcp");
        if (path.startsWith("/.well-known/")) return new Endpoint("wellKnown", "/.well-known/*");
        if (path.equals("/docs") || path.startsWith("/docs/")) return new Endpoint("docs", "/docs/*");
        return new Endpoint("web", path.startsWith("/assets/") ? "/assets/*" : "/*");
    }
}
