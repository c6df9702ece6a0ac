package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import java.time.Duration;

/** Where the process accepts HTTP requests, and its deadlines for them. */
public record HttpSettings(
        String host, int port, Duration requestTimeout, Duration receiveTimeout, Duration idleTimeout) {
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofHours(1);

    static HttpSettings read(SettingValues values) {
        return new HttpSettings(
                values.required("http.host"),
                values.number("http.port", 0, 65_535),
                values.duration("http.request-timeout", MIN, MAX),
                values.duration("http.receive-timeout", MIN, MAX),
                values.duration("http.idle-timeout", MIN, MAX));
    }
}
