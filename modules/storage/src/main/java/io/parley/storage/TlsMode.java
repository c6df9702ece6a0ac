package io.parley.storage;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** libpq's sslmode: from no encryption to a server whose certificate and name are verified. */
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

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    PgConnectOptions applyTo(PgConnectOptions options, Optional<Path> rootCertificate) {
        options.setSslMode(SslMode.of(text()));
        if (this == DISABLE) return options;
        var tls = new ClientSSLOptions().setHostnameVerificationAlgorithm(this == VERIFY_FULL ? "HTTPS" : "");
        if (verifies()) {
            tls.setTrustOptions(new PemTrustOptions()
                    .addCertPath(rootCertificate.orElseThrow().toString()));
        } else {
            tls.setTrustAll(true);
        }
        return options.setSslOptions(tls);
    }
}
