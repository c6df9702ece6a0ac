package io.parley.gateway.http;

/** The media types that the gateway reads and writes. */
public final class MediaTypes {
    public static final String JSON = "application/json";

    /** One JSON value per line. */
    public static final String JSON_LINES = "application/x-ndjson";

    /** RFC 2046, 4.5.1. */
    public static final String BYTES = "application/octet-stream";

    /** RFC 9457. */
    public static final String PROBLEM_JSON = "application/problem+json";

    /** HTML Living Standard, 9.2. */
    public static final String EVENT_STREAM = "text/event-stream";

    private MediaTypes() {}
}
