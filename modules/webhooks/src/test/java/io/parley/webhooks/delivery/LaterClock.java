package io.parley.webhooks.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time as it is, and later if it is told so. In microseconds, as the database keeps it. */
final class LaterClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void add(Duration more) {
        ahead = ahead.plus(more);
    }

    /** A moment after the time. */
    void setTo(Instant time) {
        ahead = Duration.between(Instant.now(), time).plusMillis(1);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
