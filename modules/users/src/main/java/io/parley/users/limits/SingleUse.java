package io.parley.users.limits;

import io.parley.kernel.limits.Rate;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Remembers, for all nodes, what was used: each has a bucket of one token, which comes back when nobody can use it any more. */
public final class SingleUse {
    private final BucketStore store;
    private final BucketKeys keys;

    public SingleUse(BucketStore store, BucketKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** @param lifetime from now on, after which it could not be used anyway */
    public Future<Boolean> isFirst(byte[] used, Duration lifetime) {
        return store.take(List.of(keys.ofUse(used, new Rate(1, lifetime)))).map(wait -> wait.isEmpty());
    }
}
