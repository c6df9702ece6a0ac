package io.parley.storage.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/**
 * The counterpart of an applied migration: {@code db/undo/U003__messages.sql} for
 * {@code db/migration/V003__messages.sql}. It runs in one transaction, so that it is undone as a whole or not at all.
 */
record UndoScript(String version, String script, String sql) {
    private static final String CLASSPATH = "classpath:";
    private static final String FILESYSTEM = "filesystem:";

    /** Fails if the script is missing. */
    static UndoScript of(MigrationInfo migration, List<String> locations) {
        var script = migration.getScript().replaceFirst("^.*/", "").replaceFirst("^V", "U");
        return locations.stream()
                .flatMap(location -> read(location, script).stream())
                .findFirst()
                .map(sql -> new UndoScript(migration.getVersion().getVersion(), script, sql))
                .orElseThrow(() ->
                        new DatabaseException("the undo script " + script + " is missing; nothing was rolled back"));
    }

    /** Runs the script and deletes the row of its migration from the history, both or neither. */
    void run(DatabaseUrl url) {
        Jdbc.run(url, connection -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = 0");
                statement.execute("SET LOCAL statement_timeout = 0");
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new DatabaseException(
                        "the undo script " + script + " failed with SQLSTATE " + failure.getSQLState()
                                + " and changed nothing: " + firstLine(failure),
                        failure);
            }
            deleteFromHistory(connection);
            connection.commit();
            return true;
        });
    }

    private void deleteFromHistory(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM flyway_schema_history WHERE version = ?")) {
            delete.setString(1, version);
            if (delete.executeUpdate() != 1)
                throw new DatabaseException("the schema history has changed meanwhile: it does not contain version "
                        + version + " exactly once, and nothing was undone");
        }
    }

    private static Optional<String> read(String location, String script) {
        try {
            return location.startsWith(FILESYSTEM)
                    ? inFolder(Path.of(location.substring(FILESYSTEM.length())), script)
                    : onClassPath(location.substring(CLASSPATH.length()), script);
        } catch (IOException failure) {
            throw new DatabaseException("the undo script " + script + " cannot be read: " + failure, failure);
        }
    }

    private static Optional<String> inFolder(Path migrations, String script) throws IOException {
        var file = migrations.resolveSibling("undo").resolve(script);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private static Optional<String> onClassPath(String migrations, String script) throws IOException {
        var path = migrations.replaceFirst("[^/]*$", "undo/") + script;
        try (InputStream file = UndoScript.class.getClassLoader().getResourceAsStream(path)) {
            return file == null ? Optional.empty() : Optional.of(new String(file.readAllBytes(), UTF_8));
        }
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
