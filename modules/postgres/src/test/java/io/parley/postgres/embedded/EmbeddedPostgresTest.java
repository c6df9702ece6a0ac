package io.parley.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path data;

    @Test
    void isDurableAndListensOnLoopbackOnly() {
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(server, "full_page_writes")).isEqualTo("on");
            assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(server, "unix_socket_directories")).isEmpty();
            assertThat(setting(server, "server_encoding")).isEqualTo("UTF8");
            assertThat(setting(server, "lc_messages")).isEqualTo("C");
        }
    }

    @Test
    void requiresTheGeneratedPassword() throws Exception {
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            var url = server.url();
            var guess = new DatabaseUrl(
                    url.host(),
                    url.port(),
                    url.database(),
                    url.user(),
                    new Secret("guess"),
                    url.tls(),
                    url.rootCertificate());

            assertThatThrownBy(guess::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
            assertThat(url.password().value()).hasSize(64);
            assertThat(Files.getPosixFilePermissions(PasswordFile.in(data)))
                    .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.readString(DataDirectory.data(data).resolve("pg_hba.conf")))
                    .doesNotContainPattern("(?m)^[^#].*trust");
        }
    }

    @Test
    void hashesThePasswordOnceAlsoInAnOlderDatabase() {
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(passwordHash(server)).startsWith("SCRAM-SHA-256$1:");
            // The account that PostgreSQL made with its default.
            var password = server.url().password().value();
            Servers.execute(server.url(), "SET scram_iterations = 4096; ALTER ROLE parley PASSWORD '" + password + "'");
            assertThat(passwordHash(server)).startsWith("SCRAM-SHA-256$4096:");
        }
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(passwordHash(server)).startsWith("SCRAM-SHA-256$1:");
        }
    }

    private static String passwordHash(EmbeddedPostgres server) {
        return Jdbc.run(server.url(), connection -> {
            try (var rows = connection
                    .createStatement()
                    .executeQuery("SELECT rolpassword FROM pg_authid WHERE rolname = 'parley'")) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    @Test
    void letsNobodyElseReadItsFiles() throws Exception {
        var directory = Files.createDirectory(
                data.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (var server = EmbeddedPostgres.start(Servers.durable(directory))) {
            assertThat(Files.getPosixFilePermissions(directory))
                    .doesNotContain(
                            PosixFilePermission.GROUP_READ,
                            PosixFilePermission.OTHERS_READ,
                            PosixFilePermission.OTHERS_WRITE);
            assertThat(Files.getPosixFilePermissions(directory.resolve("postgresql.log")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(server.url().password().value()).isNotEmpty();
        }
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        UsedData.copyTo(data);
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            Servers.execute(server.url(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (var server = EmbeddedPostgres.start(Servers.durable(data))) {
            assertThat(answer(server.url())).isEqualTo("42");
        }
    }

    @Test
    void canBeClosedTwice() throws Exception {
        UsedData.copyTo(data);
        var server = EmbeddedPostgres.start(Servers.durable(data));
        server.close();
        server.close();

        assertThat(EmbeddedPostgres.attach(data)).isEmpty();
    }

    @Test
    void leavesNoIncompleteDatabaseBehind() throws Exception {
        Files.createDirectories(data.resolve(".initializing-1/pgdata"));
        Files.writeString(data.resolve(".initializing-1/pgdata/PG_VERSION"), "18");

        try (var server = EmbeddedPostgres.start(Servers.durable(data));
                var files = Files.list(data)) {
            assertThat(server.url().host()).isEqualTo("127.0.0.1");
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("pgdata", "parley.lock", "postgres.password", "postgresql.log");
        }
    }

    private static String setting(EmbeddedPostgres server, String name) {
        return Servers.query(server.url(), "SHOW " + name);
    }

    private static String answer(DatabaseUrl url) {
        return Servers.query(url, "SELECT answer FROM kept");
    }
}
