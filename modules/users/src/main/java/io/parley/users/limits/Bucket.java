package io.parley.users.limits;

import io.parley.kernel.limits.Rate;
import io.vertx.core.buffer.Buffer;
import java.time.temporal.ChronoUnit;

/** @param key see {@link BucketKeys} */
record Bucket(Buffer key, Rate rate) {
    long microsPerToken() {
        return rate.perToken().dividedBy(ChronoUnit.MICROS.getDuration());
    }

    long micros() {
        return rate.period().dividedBy(ChronoUnit.MICROS.getDuration());
    }

    /** The advisory lock of those who read and write this bucket. Two buckets may share one. */
    long lock() {
        return key.getLong(0);
    }
}
