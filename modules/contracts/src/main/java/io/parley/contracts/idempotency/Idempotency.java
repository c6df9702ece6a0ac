package io.parley.contracts.idempotency;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the idempotency module answers: which requests have come under a user's key before, and what they were answered. A
 * request begins; what comes of it is finished or released.
 */
public final class Idempotency {
    /** How long a key is remembered. After that a request under it is a new one. */
    public static final Duration KEPT = Duration.ofHours(24);

    /**
     * Whether to do what a request wants. Fails conflict where the key is another request's, and unauthenticated where
     * the account is gone.
     */
    public static final Address<Begin, Begun> BEGIN = new Address<>("idempotency.begin");

    /** Keeps the answer, to be given again; changes nothing where a later attempt has begun. */
    public static final Address<Finish, None> FINISH = new Address<>("idempotency.finish");

    /** Lets the next attempt begin; changes nothing where it has. */
    public static final Address<Release, None> RELEASE = new Address<>("idempotency.release");

    /**
     * @param fingerprint tells the request from every other: 32 bytes in hexadecimal
     * @param lock after which an attempt that neither finished nor was released counts as dead; longer than one may take
     */
    public record Begin(Caller caller, String key, String fingerprint, Duration lock) {}

    /**
     * Either is there, or neither while an attempt is under way; asking again later tells what became of it.
     *
     * @param attempt the asker's own, now begun
     * @param answer what the request was answered before
     */
    public record Begun(@Nullable Attempt attempt, @Nullable Stored answer) {}

    /**
     * One try to do what a request wants.
     *
     * @param number from 1 on
     * @param resourceId the id of what the request creates, the same in all its attempts, so that it creates one
     */
    public record Attempt(UUID userId, String key, int number, UUID resourceId) {}

    /**
     * An answer where all went well.
     *
     * @param status from 200 to 299
     * @param body JSON
     * @param upload tells the request's body from every other, where it was taken in as it came and so is no part of the
     *     fingerprint: 32 bytes in hexadecimal
     */
    public record Stored(
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String body,
            @Nullable String upload) {
        public Stored(int status, @Nullable String location, @Nullable String etag, @Nullable String body) {
            this(status, location, etag, body, null);
        }
    }

    public record Finish(Attempt attempt, Stored answer) {}

    /** @param didNothing whether it is certain that nothing came of it, so that the key is free for any request */
    public record Release(Attempt attempt, boolean didNothing) {}

    private Idempotency() {}
}
