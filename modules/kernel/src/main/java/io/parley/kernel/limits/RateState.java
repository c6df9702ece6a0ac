package io.parley.kernel.limits;

/**
 * A rate and what is left of it, in the words of draft-ietf-httpapi-ratelimit-headers-11.
 *
 * @param limit the name of the limit, such as {@code requests}
 * @param tokens that the full bucket holds
 * @param windowSeconds in which it refills, rounded up
 * @param remaining tokens
 * @param secondsUntilMore until there is a token if there is none, else until the bucket is full; rounded up, at least 1
 */
public record RateState(String limit, int tokens, long windowSeconds, long remaining, long secondsUntilMore) {
    private static final long SECOND = 1_000_000_000;

    /**
     * @param missing nanoseconds until the bucket is full
     * @param wait nanoseconds until a token can be taken; not above 0 if one was
     */
    public static RateState of(String limit, Rate rate, long missing, long wait) {
        long remaining = wait > 0 ? 0 : Math.max(0, (rate.nanos() - missing) / rate.nanosPerToken());
        long nanos = wait > 0 ? wait : remaining == 0 ? missing + rate.nanosPerToken() - rate.nanos() : missing;
        return new RateState(limit, rate.tokens(), seconds(rate.nanos()), remaining, Math.max(1, seconds(nanos)));
    }

    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }
}
