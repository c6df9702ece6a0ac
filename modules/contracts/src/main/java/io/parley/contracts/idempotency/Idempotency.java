package io.parley.contracts.idempotency;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the idempotency module answers: whether a request was already made under an idempotency key of this user, and
 * with which answer. The sender begins an attempt, then either finishes it with the answer or releases it.
 */
public final class Idempotency {
    /** How long a key is remembered. After that, a request under the same key is a new request. */
    public static final Duration KEY_LIFETIME = Duration.ofHours(24);

    /**
     * Begins an attempt, or returns the answer of an earlier one. Fails conflict if the key belongs to a different
     * request, and unauthenticated if the account does not exist.
     */
    public static final Address<Begin, Begun> BEGIN = new Address<>("idempotency.begin");

    /** Stores the answer for later repeats; has no effect if a later attempt has begun. */
    public static final Address<Finish, None> FINISH = new Address<>("idempotency.finish");

    /** Gives the attempt up, so that another can begin; has no effect if one already has. */
    public static final Address<Release, None> RELEASE = new Address<>("idempotency.release");

    /**
     * @param fingerprint identifies the request: 32 bytes in hexadecimal
     * @param attemptTimeout after this time, an attempt that was neither finished nor released counts as dead; must be
     *     longer than an attempt can take
     */
    public record Begin(Caller caller, String key, String fingerprint, Duration attemptTimeout) {}

    /**
     * At most one of the two is set. Both are null while another attempt is running; send the request again later.
     *
     * @param attempt the attempt that the sender has begun
     * @param answer the stored answer of an earlier attempt
     */
    public record Begun(@Nullable Attempt attempt, @Nullable StoredAnswer answer) {}

    /**
     * One try to carry out a request.
     *
     * @param number counts from 1
     * @param resourceId the id of the resource that the request creates; the same in every attempt, so that only one
     *     resource is created
     */
    public record Attempt(UUID userId, String key, int number, UUID resourceId) {}

    /**
     * The answer to a request that succeeded.
     *
     * @param status 200 to 299
     * @param body JSON
     * @param uploadFingerprint identifies the body of an upload, which is streamed and therefore not part of the
     *     request's fingerprint: 32 bytes in hexadecimal
     */
    public record StoredAnswer(
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String body,
            @Nullable String uploadFingerprint) {
        public StoredAnswer(int status, @Nullable String location, @Nullable String etag, @Nullable String body) {
            this(status, location, etag, body, null);
        }
    }

    public record Finish(Attempt attempt, StoredAnswer answer) {}

    /** @param hadNoEffect whether the attempt certainly changed nothing, so that any request may use the key */
    public record Release(Attempt attempt, boolean hadNoEffect) {}

    private Idempotency() {}
}
