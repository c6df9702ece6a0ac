package io.parley.gateway.limits;

import io.parley.gateway.http.RateHeaders;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.Rates;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * A limit on the rate of requests.
 *
 * @param <K> whom it counts for
 */
final class CountedRate<K> {
    /** For each of the two limits, of users and of addresses. */
    private static final int MAX_BUCKETS = 50_000;

    private final String limit;
    private final String refusal;
    private final SharedCounts shared;
    private final TokenBuckets<K> buckets;

    /** @param refusal such as "Too many requests." */
    CountedRate(String limit, String refusal, SharedCounts shared) {
        this.limit = limit;
        this.refusal = refusal;
        this.shared = shared;
        this.buckets = new TokenBuckets<>(limit, MAX_BUCKETS);
    }

    String limit() {
        return limit;
    }

    /** Fails limited if there are too many. In any case the answer says how many are left. */
    void count(HttpServerRequest request, K key, Rates rates) {
        if (rates.all().isEmpty()) return;
        var taken = buckets.take(key, rates, System.nanoTime());
        RateHeaders.add(request.response(), taken.rates());
        if (taken.isRefused()) throw Problem.limited(limit, refusal, Duration.ofNanos(taken.waitNanos()));
        shared.add(limit, rates, key);
    }

    /** Counts what another node has let through. */
    void charge(K key, Rates rates, int requests) {
        buckets.charge(key, rates, requests, System.nanoTime());
    }
}
