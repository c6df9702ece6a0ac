package io.parley.assistant.models.openai;

import io.parley.assistant.models.ModelFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why one attempt failed, and whether another can do better. */
final class ModelRequestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;
    private final boolean passing;
    private final transient @Nullable Duration pause;

    /** Another attempt would end in the same way. */
    ModelRequestFailure(Kind kind, String reason) {
        this(kind, reason, false, null);
    }

    /**
     * @param reason for the log: nothing that the provider wrote
     * @param passing whether nothing has been answered and it may pass
     * @param pause that the provider asks for
     */
    ModelRequestFailure(Kind kind, String reason, boolean passing, @Nullable Duration pause) {
        super(reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
        this.passing = passing;
        this.pause = pause;
    }

    /** The provider has answered with another status than 200. */
    static ModelRequestFailure refused(int status, @Nullable String retryAfter) {
        var pause = RetryAfterHeader.parse(retryAfter, Instant.now()).orElse(null);
        return new ModelRequestFailure(kind(status), "status " + status, status == 429 || status == 503, pause);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.KEY_REFUSED;
            case 429 -> Kind.OVERLOADED;
            case 408, 504 -> Kind.TIMED_OUT;
            default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNAVAILABLE;
        };
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return reason;
    }

    boolean passing() {
        return passing;
    }

    @Nullable Duration pause() {
        return pause;
    }
}
