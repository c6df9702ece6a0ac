package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Problem;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.TlsMode;
import io.parley.postgres.embedded.Await;
import io.parley.postgres.embedded.DataDirectory;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
    private static final String ENCRYPTED = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    static Path folder;

    private static final Vertx vertx = Vertx.vertx();
    private static EmbeddedPostgres server;
    private static Path certificate;

    @BeforeAll
    static void startWithACertificateForLocalhost() throws Exception {
        var data = folder.resolve("data");
        server = EmbeddedPostgres.start(Servers.durable(data));
        var files = Certificates.make(folder, "localhost");
        certificate = files.certificate();
        files.installInto(DataDirectory.data(data));
        Servers.execute(server.url(), "ALTER SYSTEM SET ssl = on");
        Servers.execute(server.url(), "SELECT pg_reload_conf()");
        Await.until(() -> Servers.query(server.url(), "SHOW ssl").equals("on"));
    }

    @AfterAll
    static void stop() {
        Futures.result(vertx.close());
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLE, 127.0.0.1, false",
        "ALLOW, 127.0.0.1, false",
        "PREFER, 127.0.0.1, true",
        "REQUIRE, 127.0.0.1, true",
        "VERIFY_CA, 127.0.0.1, true",
        "VERIFY_FULL, localhost, true"
    })
    void encryptsIfTheModeRequiresIt(TlsMode mode, String host, String encrypted) {
        var url = url(mode, host, certificate);

        assertThat(Servers.query(url, ENCRYPTED)).isEqualTo(encrypted);
        assertThat(Futures.result(answer(url))).contains(encrypted);
    }

    @Test
    void refusesAServerOfAnotherName() {
        assertRefused(url(TlsMode.VERIFY_FULL, "127.0.0.1", certificate));
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        var other = Certificates.make(folder, "other").certificate();

        assertRefused(url(TlsMode.VERIFY_CA, "localhost", other));
        assertRefused(url(TlsMode.VERIFY_FULL, "localhost", other));
    }

    private static void assertRefused(DatabaseUrl url) {
        assertThatThrownBy(url::connect).isInstanceOf(SQLException.class);
        assertThat(Futures.problem(answer(url)).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private static Future<Optional<String>> answer(DatabaseUrl url) {
        var database = Database.connect(vertx, url, new PoolSettings(1, 1, false));
        return database.query(ENCRYPTED, row -> row.getString(0)).one(Parameters.none());
    }

    private static DatabaseUrl url(TlsMode mode, String host, Path certificate) {
        var url = server.url();
        var root = mode.verifies() ? Optional.of(certificate) : Optional.<Path>empty();
        return new DatabaseUrl(host, url.port(), url.database(), url.user(), url.password(), mode, root);
    }
}
