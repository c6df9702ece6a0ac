package io.parley.users.limits;

import io.parley.kernel.limits.Rate;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Remembers, for all nodes, what has been used: each value has a bucket of one token, which is refilled once the value has expired. */
public final class SingleUse {
    /** A node by whose clock the value has not expired yet must still know it. The clocks of nodes differ by less (SECURITY.md). */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final BucketStore store;
    private final BucketKeys keys;

    public SingleUse(BucketStore store, BucketKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** @param lifetime after it the value has expired, and need not be remembered */
    public Future<Boolean> isFirst(byte[] used, Duration lifetime) {
        return store.take(List.of(keys.ofUse(used, new Rate(1, lifetime.plus(SKEW)))))
                .map(wait -> wait.isEmpty());
    }
}
