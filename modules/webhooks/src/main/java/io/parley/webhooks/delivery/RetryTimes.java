package io.parley.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When an attempt that failed is made again: those that Standard Webhooks recommends, up to a day and a quarter after the event. */
final class RetryTimes {
    /** For so long all attempts may fail before the webhook is switched off. */
    static final Duration PATIENCE = Duration.ofDays(5);

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    /** How long to wait after so many attempts; empty if there is no other. */
    static Optional<Duration> after(int attempts) {
        return attempts <= WAITS.size() ? Optional.of(WAITS.get(attempts - 1)) : Optional.empty();
    }

    private RetryTimes() {}
}
