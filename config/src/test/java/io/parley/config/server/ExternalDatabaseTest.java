package io.parley.config.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.cli.Terminal;
import io.parley.postgres.DatabaseUrl;
import io.parley.testing.postgres.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a PostgreSQL server that the operator runs. */
@ExtendWith(PostgresExtension.class)
class ExternalDatabaseTest {
    private final DatabaseUrl url;

    @TempDir
    private Path directory;

    ExternalDatabaseTest(DatabaseUrl url) {
        this.url = url;
    }

    @Test
    void worksWithEveryCommand() {
        var terminal = terminal(url);
        var file = directory.resolve("ada.ndjson").toString();

        assertThat(terminal.run("migrate", "--status").succeeds()).doesNotContain("pending");
        assertThat(terminal.run("migrate").succeeds()).contains("scripts run: 0");
        terminal.run("admin", "revoke", "margaret@example.org").refuses("last administrator");
        terminal.run("admin", "grant", "grace@example.org").succeeds();
        assertThat(terminal.run("admin", "list").succeeds()).contains("grace@example.org", "margaret@example.org");
        terminal.run("admin", "revoke", "margaret@example.org").succeeds();
        assertThat(terminal.run("export", "--user", "ada@example.org", "-o", file)
                        .succeeds())
                .contains("Exported: 3.");
        assertThat(terminal.run("import", file, "--user", "grace@example.org").succeeds())
                .contains("Imported: 3.");
        assertThat(terminal.run("purge", "--older-than", "0s").succeeds()).contains("1 conversations", "1 tasks");
        terminal.run("keys", "rotate").refuses("keyset.json");
        assertThat(directory.resolve("pgdata")).doesNotExist();
    }

    @Test
    void isNotChangedIfItsTablesCannotBeDistributed() throws SQLException {
        var ordinary = terminal(empty("ordinary"));

        ordinary.run("migrate", "--distribute").refuses("no Citus extension");

        assertThat(ordinary.run("migrate", "--status").succeeds())
                .contains("pending")
                .doesNotContain("applied");
    }

    @Test
    void isNotChangedIfANewerVersionMigratedIt() throws SQLException {
        var newer = empty("newer");
        terminal(newer).run("migrate").succeeds();
        execute(newer, """
            INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                                               execution_time, success)
            VALUES (999, '999', 'future', 'SQL', 'V999__future.sql', 'somebody', 1, true)
            """);

        for (var command : new String[] {"serve", "migrate"})
            terminal(newer).run(command).refuses("use the newer Parley that created it");
        terminal(newer).run("purge").refuses("use the newer version");
        assertThat(terminal(newer).run("migrate", "--status").succeeds()).containsPattern("999 +future +unknown");
    }

    @Test
    void needsASchemaForEveryCommandButMigrate() throws SQLException {
        terminal(empty("bare")).run("admin", "list").refuses("no schema yet; run `parley migrate`");
    }

    @Test
    void isNotChangedIfItBelongsToAnotherProgram() throws SQLException {
        var strange = empty("strange");
        execute(strange, "CREATE TABLE orders (id uuid)");

        terminal(strange).run("migrate").refuses("strange contains tables of another program");
    }

    @Test
    void canBeMigratedAgainAfterAMigrationFailed() throws SQLException {
        var half = empty("half");
        terminal(half).run("migrate").succeeds();
        terminal(half).run("rollback", "--to", "3").succeeds();
        execute(half, "CREATE TABLE tasks (in_the_way text)");

        for (var command : new String[] {"serve", "migrate"})
            terminal(half).run(command).refuses("V004__tasks.sql: ERROR: relation \"tasks\" already exists");
        assertThat(terminal(half).run("migrate", "--status").succeeds())
                .containsPattern("3 +messages +applied")
                .containsPattern("4 +tasks +pending");
        terminal(half).run("purge").refuses("lacks version 4; run `parley migrate`");

        execute(half, "DROP TABLE tasks");
        terminal(half).run("migrate").succeeds();
        assertThat(terminal(half).run("migrate", "--status").succeeds()).doesNotContain("pending");
    }

    private Terminal terminal(DatabaseUrl database) {
        return new Terminal(Map.of(
                "PARLEY_DATABASE_URL",
                database.toString().replace("@", ":" + database.password().value() + "@"),
                "PARLEY_DATA_DIR",
                directory.toString(),
                "PARLEY_HTTP_PORT",
                "0"));
    }

    private DatabaseUrl empty(String name) throws SQLException {
        execute(url, "CREATE DATABASE " + name);
        return url.withDatabase(name);
    }

    private static void execute(DatabaseUrl database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
