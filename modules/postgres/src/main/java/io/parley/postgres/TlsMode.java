package io.parley.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sslmode of libpq: from no encryption up to a verified certificate and host name. */
public enum TlsMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    static Optional<TlsMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }
}
