package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import java.time.Duration;

/**
 * How long a shutdown may take.
 *
 * @param drain how long requests are still accepted after readiness has become false
 * @param timeout the longest wait for the requests in flight after that
 */
public record ShutdownSettings(Duration drain, Duration timeout) {
    private static final Duration MAX = Duration.ofHours(1);

    /** What closing the database and the rest may take in addition. */
    private static final Duration CLOSING = Duration.ofSeconds(20);

    public static ShutdownSettings read(SettingValues values) {
        return new ShutdownSettings(
                values.duration("shutdown.drain", Duration.ZERO, MAX),
                values.duration("shutdown.timeout", Duration.ZERO, MAX));
    }

    /** After this time the process ends, even if something is still running. */
    public Duration limit() {
        return drain.plus(timeout).plus(CLOSING);
    }
}
