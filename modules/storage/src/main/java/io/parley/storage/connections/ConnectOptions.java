package io.parley.storage.connections;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.TlsMode;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

/** Converts a {@link DatabaseUrl} to the options of Vert.x's client. */
final class ConnectOptions {
    static PgConnectOptions of(DatabaseUrl url) {
        var options = new PgConnectOptions()
                .setHost(url.host())
                .setPort(url.port())
                .setDatabase(url.database())
                .setUser(url.user())
                .setPassword(url.password().value())
                .setSslMode(SslMode.of(url.tls().text()));
        return url.tls() == TlsMode.DISABLE ? options : options.setSslOptions(tls(url));
    }

    private static ClientSSLOptions tls(DatabaseUrl url) {
        var options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(url.tls() == TlsMode.VERIFY_FULL ? "HTTPS" : "");
        return url.tls().verifies()
                ? options.setTrustOptions(new PemTrustOptions()
                        .addCertPath(url.rootCertificate().orElseThrow().toString()))
                : options.setTrustAll(true);
    }

    private ConnectOptions() {}
}
