package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.config.settings.sources.SettingsException;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.tls.CertificateFiles;
import io.parley.gateway.tls.ServerTls;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the process accepts HTTP requests, and its deadlines for them.
 *
 * @param tls empty for clear text
 * @param origin how clients reach it
 * @param corsOrigins whose pages may use the API from a browser, as browsers send them in {@code Origin}
 */
public record HttpSettings(
        String host,
        int port,
        Optional<ServerTls> tls,
        Duration requestTimeout,
        Duration receiveTimeout,
        Duration idleTimeout,
        Set<String> corsOrigins,
        OriginSettings origin) {
    private static final String CERTIFICATE = "http.tls-certificate";
    private static final String KEY = "http.tls-key";
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]{0,31}://([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[1-9][0-9]{0,4})?");
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofHours(1);

    static HttpSettings read(SettingValues values) {
        return new HttpSettings(
                values.required("http.host"),
                values.number("http.port", 0, 65_535),
                readTls(values),
                values.duration("http.request-timeout", MIN, MAX),
                values.duration("http.receive-timeout", MIN, MAX),
                values.duration("http.idle-timeout", MIN, MAX),
                readOrigins(values),
                PublicAddress.read(values));
    }

    private static Optional<ServerTls> readTls(SettingValues values) {
        boolean hasCertificate = values.optional(CERTIFICATE).isPresent();
        if (hasCertificate != values.optional(KEY).isPresent())
            throw new SettingsException(
                    hasCertificate ? KEY : CERTIFICATE,
                    "must be set too, because a certificate needs its key ("
                            + values.origin(hasCertificate ? CERTIFICATE : KEY) + ")");
        if (!hasCertificate) return Optional.empty();
        try {
            return Optional.of(new ServerTls(new CertificateFiles(values.path(CERTIFICATE), values.path(KEY))));
        } catch (IllegalArgumentException unusable) {
            throw values.invalid(CERTIFICATE, String.valueOf(unusable.getMessage()));
        }
    }

    private static Set<String> readOrigins(SettingValues values) {
        var origins = values.list("http.cors-origins");
        if (!origins.stream().allMatch(HttpSettings::isOrigin))
            throw values.invalid(
                    "http.cors-origins",
                    "must be origins as browsers send them, such as https://app.example.org or http://localhost:5173, in"
                            + " lower case and without a path; * is not allowed");
        return Set.copyOf(origins);
    }

    static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }
}
