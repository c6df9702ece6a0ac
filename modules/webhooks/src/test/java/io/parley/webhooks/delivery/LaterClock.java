package io.parley.webhooks.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The system clock, which a test can move forward. In microseconds, the precision of the database. */
final class LaterClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void add(Duration more) {
        ahead = ahead.plus(more);
    }

    /** Moves it to one millisecond after the given time. */
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
