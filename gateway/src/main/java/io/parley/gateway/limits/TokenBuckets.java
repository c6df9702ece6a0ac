package io.parley.gateway.limits;

import io.parley.kernel.limits.Rates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Buckets of many users or addresses, in memory. If there are too many, the one that was used least recently goes, which fills it.
 * Thread-safe: the keys are spread over parts with a lock each, so that event loops seldom wait for each other.
 *
 * @param <K> what a bucket counts for
 */
final class TokenBuckets<K> {
    private static final int PARTS = 16;

    private final String limit;
    private final List<Part<K>> parts;

    private static final class Part<K> extends LinkedHashMap<K, TokenBucket> {
        private static final long serialVersionUID = 1L;
        private static final float LOAD_FACTOR = 0.75f;

        private final int max;

        Part(int max) {
            super(16, LOAD_FACTOR, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, TokenBucket> eldest) {
            return size() > max;
        }
    }

    /**
     * @param limit the name of the limit
     * @param max buckets, rounded down to a multiple of 16; each takes about 200 bytes
     */
    TokenBuckets(String limit, int max) {
        this.limit = limit;
        this.parts =
                Stream.generate(() -> new Part<K>(max / PARTS)).limit(PARTS).toList();
    }

    /** @param rates at least one; if the bucket has others, it is replaced by a full one */
    Taken take(K key, Rates rates, long now) {
        var part = part(key);
        synchronized (part) {
            return bucket(part, key, rates, now).take(limit, now);
        }
    }

    void charge(K key, Rates rates, int tokens, long now) {
        var part = part(key);
        synchronized (part) {
            bucket(part, key, rates, now).charge(tokens, now);
        }
    }

    private static <K> TokenBucket bucket(Part<K> part, K key, Rates rates, long now) {
        var found = part.get(key);
        if (found != null && found.has(rates)) return found;
        var full = new TokenBucket(rates, now);
        part.put(key, full);
        return full;
    }

    private Part<K> part(K key) {
        int hash = key.hashCode();
        return parts.get((hash ^ (hash >>> 16)) & (PARTS - 1));
    }
}
