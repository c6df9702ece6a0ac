package io.parley.postgres;

import io.parley.kernel.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The address and the account of a database, as {@code postgresql://user:password@host:5432/database} with the
 * options {@code sslmode} and {@code sslrootcert} of libpq. Prints without its password.
 *
 * @param rootCertificate the PEM file of the authority that must have signed the server's certificate; present if and
 *     only if the mode verifies it
 */
public record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        TlsMode tls,
        Optional<Path> rootCertificate) {
    /** A server that has not accepted a new connection after this time counts as unreachable. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Fails with {@link IllegalArgumentException} if the text is not such a URL; the message does not repeat the text.
     */
    public static DatabaseUrl parse(String url) {
        return DatabaseUrlText.parse(url);
    }

    /** The same server and account, another database. */
    public DatabaseUrl withDatabase(String other) {
        return new DatabaseUrl(host, port, other, user, password, tls, rootCertificate);
    }

    /** The JDBC URL, without the user and the password. */
    public String jdbcUrl() {
        String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String certificate = rootCertificate
                .map(file -> "&sslrootcert=" + PercentEncoding.encode(file.toString()))
                .orElse("");
        return "jdbc:postgresql://" + address + ":" + port + "/" + PercentEncoding.encode(database) + "?sslmode="
                + tls.text() + certificate + "&connectTimeout=" + CONNECT_TIMEOUT.toSeconds()
                + "&ApplicationName=parley";
    }

    /** A JDBC connection, for start-up, commands and tests. Blocks. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password.value());
    }

    @Override
    public String toString() {
        return "postgresql://" + PercentEncoding.encode(user) + "@" + host + ":" + port + "/" + database + "?sslmode="
                + tls.text();
    }
}
