package io.parley.kernel.async;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How often and how soon an operation that failed is repeated.
 *
 * @param attempts the maximum number of attempts, including the first
 * @param deadline no attempt begins later than this after the first one began
 * @param delay before the second attempt
 * @param factor the delay is multiplied by this after each attempt
 * @param longestDelay the maximum delay
 * @param jitter the part of each delay that is random: 0.5 makes it anything from half to one and a half of its length
 * @param retryable the failures after which another attempt may succeed; all others are final
 * @param requestedDelay the delay that a failure itself asks for, such as a {@code Retry-After} header (RFC 9110,
 *     10.2.3), which then replaces the computed one
 */
public record RetryPolicy(
        int attempts,
        Duration deadline,
        Duration delay,
        double factor,
        Duration longestDelay,
        double jitter,
        Predicate<Throwable> retryable,
        Function<Throwable, Optional<Duration>> requestedDelay) {
    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    public RetryPolicy {
        if (attempts < 1) throw new IllegalArgumentException("a retry policy needs at least one attempt");
        if (delay.isNegative() || factor < 1 || jitter < 0 || jitter > 1)
            throw new IllegalArgumentException("a delay must not be negative or shrink, and jitter is from 0 to 1");
    }

    /** This many attempts without a delay, after any failure. */
    public static RetryPolicy attempts(int attempts) {
        return new RetryPolicy(
                attempts, UNLIMITED, Duration.ZERO, 1, UNLIMITED, 0, failure -> true, failure -> Optional.empty());
    }

    /** Attempts with this delay between them until one succeeds. */
    public static RetryPolicy forever(Duration delay) {
        return attempts(Integer.MAX_VALUE).delayed(delay);
    }

    /** The same policy with a constant delay between two attempts. */
    public RetryPolicy delayed(Duration constant) {
        return new RetryPolicy(attempts, deadline, constant, 1, constant, jitter, retryable, requestedDelay);
    }

    /** The same policy with a delay that grows up to a maximum (exponential backoff). */
    public RetryPolicy growing(double by, Duration longest) {
        return new RetryPolicy(attempts, deadline, delay, by, longest, jitter, retryable, requestedDelay);
    }

    /** The same policy with a random part in each delay, so that clients that failed together do not retry together. */
    public RetryPolicy jittered(double part) {
        return new RetryPolicy(attempts, deadline, delay, factor, longestDelay, part, retryable, requestedDelay);
    }

    /** The same policy, beginning no attempt after the deadline. */
    public RetryPolicy within(Duration limit) {
        return new RetryPolicy(attempts, limit, delay, factor, longestDelay, jitter, retryable, requestedDelay);
    }

    /** The same policy, but only these failures are retried. */
    public RetryPolicy when(Predicate<Throwable> failures) {
        return new RetryPolicy(attempts, deadline, delay, factor, longestDelay, jitter, failures, requestedDelay);
    }

    /** The same policy, but if a failure requests a delay, that delay is used. */
    public RetryPolicy obeying(Function<Throwable, Optional<Duration>> request) {
        return new RetryPolicy(attempts, deadline, delay, factor, longestDelay, jitter, retryable, request);
    }

    /**
     * How long to wait before the next attempt; empty if the failure is final.
     *
     * @param number the number of the attempt that failed, counted from 1
     * @param elapsed since the first attempt began
     */
    Optional<Duration> delayAfter(int number, Duration elapsed, Throwable failure) {
        if (number >= attempts || !retryable.test(failure)) return Optional.empty();
        var next = requestedDelay.apply(failure).orElseGet(() -> computedDelay(number));
        return elapsed.plus(next).compareTo(deadline) > 0 ? Optional.empty() : Optional.of(next);
    }

    private Duration computedDelay(int number) {
        double millis = Math.min((double) longestDelay.toMillis(), delay.toMillis() * Math.pow(factor, number - 1));
        double random =
                jitter == 0 ? 1 : 1 + jitter * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofMillis(Math.round(millis * random));
    }
}
