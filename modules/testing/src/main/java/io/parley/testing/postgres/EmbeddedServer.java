package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.EmbeddedSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * From the embedded binaries, not durable. The first test run of a build that needs the server starts it, the others use
 * the same one, and it is stopped and removed when the build ends.
 */
record EmbeddedServer(DatabaseUrl url) implements TestServer {
    // Ignores Ctrl-C, which ends the build, so that it can clean up afterwards. SIGQUIT stops PostgreSQL at once; its
    // data is thrown away anyway.
    private static final String CLEAN_UP_AFTER_THE_BUILD = """
        trap '' INT HUP
        while kill -0 "$1"; do sleep 0.2; done
        server=$(head -n 1 "$2/pgdata/postmaster.pid")
        kill -QUIT "$server"
        while kill -0 "$server"; do sleep 0.1; done
        rm -rf "$2"
        """;

    static EmbeddedServer shared(BuildFolder folder) {
        return folder.exclusively(() ->
                EmbeddedPostgres.attach(folder.path()).map(EmbeddedServer::new).orElseGet(() -> start(folder)));
    }

    private static EmbeddedServer start(BuildFolder folder) {
        removeAfter(folder.build(), folder.path());
        var url = EmbeddedPostgres.start(new EmbeddedSettings(folder.path(), folder.binaries(), 0, false))
                .url();
        Jdbc.run(url, EmbeddedServer::vacuumNothing);
        return new EmbeddedServer(url);
    }

    // With a hundred databases, PostgreSQL would start several workers a second to look for work.
    private static boolean vacuumNothing(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET autovacuum = off");
            return statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void removeAfter(ProcessHandle build, Path path) {
        try {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            CLEAN_UP_AFTER_THE_BUILD,
                            "clean-up",
                            String.valueOf(build.pid()),
                            path.toString())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Leaves the server to the other test runs of the build. */
    @Override
    public void close() {}
}
