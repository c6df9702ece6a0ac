package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why one attempt failed, and whether another attempt may succeed. */
final class ModelRequestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;
    private final boolean isRetryable;
    private final transient @Nullable Duration retryAfter;

    /** Another attempt would fail in the same way. */
    ModelRequestFailure(Kind kind, String reason) {
        this(kind, reason, false, null);
    }

    /**
     * @param reason for the log; quotes no provider
     * @param isRetryable whether nothing was answered and the cause may pass
     * @param retryAfter the pause that the provider asks for, if it does
     */
    ModelRequestFailure(Kind kind, String reason, boolean isRetryable, @Nullable Duration retryAfter) {
        super(reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
        this.isRetryable = isRetryable;
        this.retryAfter = retryAfter;
    }

    /** @param status any but 200 */
    static ModelRequestFailure ofStatus(int status, @Nullable String retryAfter) {
        var pause = RetryAfterHeader.parse(retryAfter, Instant.now()).orElse(null);
        return new ModelRequestFailure(kind(status), "status " + status, status == 429 || status == 503, pause);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.KEY_REFUSED;
            case 429 -> Kind.OVERLOADED;
            case 408 -> Kind.TIMED_OUT;
            default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.PROVIDER_ERROR;
        };
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return reason;
    }

    boolean isRetryable() {
        return isRetryable;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
