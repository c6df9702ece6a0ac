package io.parley.gateway.http;

/** The names of headers that Vert.x has no constant for. */
public final class HeaderNames {
    /** draft-ietf-httpapi-idempotency-key-header. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** {@code true} if the answer is the stored one of an earlier request. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    /** HTML Living Standard, 9.2.4. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private HeaderNames() {}
}
