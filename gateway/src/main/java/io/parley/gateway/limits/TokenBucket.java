package io.parley.gateway.limits;

import io.parley.kernel.limits.Rate;
import io.parley.kernel.limits.RateState;
import io.parley.kernel.limits.Rates;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens that one user or address has left. For each rate it knows when the bucket is full again (the generic cell rate
 * algorithm, ITU-T I.371). Times are those of {@link System#nanoTime}. Not thread-safe.
 */
final class TokenBucket {
    private final Rates rates;
    private final long[] fullAt;

    /** A full one. */
    TokenBucket(Rates rates, long now) {
        this.rates = rates;
        this.fullAt = new long[rates.all().size()];
        Arrays.fill(fullAt, now);
    }

    boolean has(Rates others) {
        return rates.equals(others);
    }

    /**
     * Takes a token of each rate, or none if one has none left.
     *
     * @param limit the name of the limit
     */
    Taken take(String limit, long now) {
        long wait = Math.max(0, longestWait(now));
        if (wait == 0) charge(1, now);
        return new Taken(wait, states(limit, now, wait));
    }

    private List<RateState> states(String limit, long now, long wait) {
        var states = new RateState[fullAt.length];
        for (int at = 0; at < states.length; at++) states[at] = RateState.of(limit, rate(at), missing(at, now), wait);
        return List.of(states);
    }

    private long longestWait(long now) {
        long longest = Long.MIN_VALUE;
        for (int at = 0; at < fullAt.length; at++) longest = Math.max(longest, waitFor(at, now));
        return longest;
    }

    private long waitFor(int at, long now) {
        var rate = rate(at);
        return missing(at, now) + rate.nanosPerToken() - rate.nanos();
    }

    /** Takes tokens that are gone already, even if there are none left: then others have to wait the longer. */
    void charge(int tokens, long now) {
        for (int at = 0; at < fullAt.length; at++)
            fullAt[at] = now + missing(at, now) + tokens * rate(at).nanosPerToken();
    }

    private long missing(int at, long now) {
        return Math.max(0, fullAt[at] - now);
    }

    private Rate rate(int at) {
        return rates.all().get(at);
    }
}
