package io.parley.config.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.backup.BackupArchive;
import io.parley.storage.backup.BackupException;
import io.parley.storage.backup.BackupFile;
import io.parley.storage.backup.BackupWriter;
import io.parley.storage.backup.Manifest;
import io.parley.storage.backup.Restore;
import io.parley.storage.backup.Secrets;
import io.parley.storage.migration.SearchConfiguration;
import io.parley.testing.postgres.HashPartitions;
import io.parley.testing.postgres.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of the tables of all modules. */
@ExtendWith(PostgresExtension.class)
class BackupTest {
    private static final Secrets SECRETS = new Secrets(new Secret("{\"key\":[]}"), new Secret("a signing key"));
    private static final Secret PASSPHRASE = new Secret("ten grains of sänd");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restoresEveryTableAndTheSameSchema(boolean partitioned, DatabaseUrl url) {
        var source = copy(url);
        if (partitioned) HashPartitions.create(source);
        var file = write(source, SECRETS, null);
        var target = empty(url);

        try (var backup = BackupArchive.open(file)) {
            Restore.check(backup);
            Restore.requireEmpty(target);
            var result = Restore.run(target, SearchConfiguration.SIMPLE, backup);

            assertThat(result.rows()).isPositive();
            assertThat(backup.secrets(null)).isEqualTo(SECRETS);
        }
        assertThat(rows(target)).isEqualTo(rows(source)).containsKeys("users", "messages", "turn_events");
        if (!partitioned && !HashPartitions.WANTED) assertThat(schema(target)).isEqualTo(schema(source));
        assertThat(fingerprint(target)).isEqualTo(fingerprint(source)).isNotNull();
    }

    @Test
    void hasAllTablesButTheHistory(DatabaseUrl url) {
        try (var backup = BackupArchive.open(write(url, Secrets.NONE, null))) {
            var names = backup.manifest().entries().stream()
                    .map(Manifest.Entry::name)
                    .toList();

            assertThat(names).contains("tables/users.copy").doesNotContain("tables/flyway_schema_history.copy");
            assertThat(names).hasSize(rows(url).size());
            assertThat(backup.secrets(null)).isEqualTo(Secrets.NONE);
        }
    }

    @Test
    void opensSealedSecretsOnlyWithTheirPassphrase(DatabaseUrl url) throws IOException {
        var file = write(url, SECRETS, PASSPHRASE);

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("secrets.json", "signing key");
        try (var backup = BackupArchive.open(file)) {
            backup.verify();
            assertThat(backup.secrets(PASSPHRASE)).isEqualTo(SECRETS);
            assertThatThrownBy(() -> backup.secrets(new Secret("guessed"))).hasMessageContaining("passphrase is wrong");
            assertThatThrownBy(() -> backup.secrets(null)).hasMessageContaining("--passphrase-file");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.001", "0.3", "0.6", "0.999"})
    void refusesAFileThatWasCutShort(double part, DatabaseUrl url) throws IOException {
        var whole = Files.readAllBytes(write(url, SECRETS, null));
        var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, (int) (whole.length * part)));

        assertThatThrownBy(() -> verify(cut))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void noticesEveryChangedByteOfATable(DatabaseUrl url) throws IOException {
        var whole = Files.readAllBytes(write(url, SECRETS, null));
        // The packed data of the largest tables: behind the first headers, before the directory at the end.
        for (int at = 200; at < whole.length * 3 / 5; at += whole.length / 25) {
            var damaged = whole.clone();
            damaged[at] ^= 0x10;
            var file = Files.write(folder.resolve("damaged.zip"), damaged);
            if (isHarmless(file)) continue;
            assertThatThrownBy(() -> verify(file)).isInstanceOf(BackupException.class);
        }
    }

    // A byte of a header that no reader looks at.
    private static boolean isHarmless(Path file) {
        try (var zip = new ZipFile(file.toFile())) {
            return sums(zip);
        } catch (IOException | RuntimeException damaged) {
            return false;
        }
    }

    private static boolean sums(ZipFile zip) throws IOException {
        for (var entry : Collections.list(zip.entries())) {
            var sum = new CRC32();
            sum.update(zip.getInputStream(entry).readAllBytes());
            if (sum.getValue() != entry.getCrc()) return false;
        }
        return true;
    }

    private static void verify(Path file) {
        try (var backup = BackupArchive.open(file)) {
            backup.verify();
        }
    }

    @Test
    void leavesADatabaseEmptyThatItCannotRestoreTo(DatabaseUrl url) throws IOException {
        var source = copy(url);
        // No message may be without its conversation, which the tables alone do not know.
        execute(source, "ALTER TABLE messages DROP CONSTRAINT fk_messages_conversation");
        execute(source, "SET session_replication_role = 'replica'; DELETE FROM conversations");
        var target = empty(url);

        try (var backup = BackupArchive.open(write(source, Secrets.NONE, null))) {
            assertThatThrownBy(() -> Restore.run(target, SearchConfiguration.SIMPLE, backup))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("cannot be loaded");
        }
        Restore.requireEmpty(target);
    }

    @Test
    void refusesADatabaseWithTables(DatabaseUrl url) {
        assertThatThrownBy(() -> Restore.requireEmpty(url))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("not empty");
    }

    private Path write(DatabaseUrl url, Secrets secrets, @Nullable Secret passphrase) {
        var file = folder.resolve(UUID.randomUUID() + ".zip");
        BackupFile.write(new BackupWriter(url, "test", secrets, passphrase), file);
        return file;
    }

    private static DatabaseUrl copy(DatabaseUrl url) {
        return create(url, " TEMPLATE " + template(url));
    }

    // The database of the test itself has connections, which a template must not have.
    private static String template(DatabaseUrl url) {
        return Jdbc.run(url.withDatabase("postgres"), connection -> {
            try (var query = connection.createStatement();
                    var rows = query.executeQuery(
                            "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]+' ORDER BY oid DESC")) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private static DatabaseUrl empty(DatabaseUrl url) {
        return create(url, "");
    }

    private static DatabaseUrl create(DatabaseUrl url, String options) {
        var name = "backup_" + UUID.randomUUID().toString().replace("-", "");
        execute(url.withDatabase("postgres"), "CREATE DATABASE " + name + options);
        return url.withDatabase(name);
    }

    private static void execute(DatabaseUrl url, String sql) {
        Jdbc.run(url, connection -> connection.createStatement().execute(sql));
    }

    /** A sum of all rows by table. */
    private static Map<String, String> rows(DatabaseUrl url) {
        return Jdbc.run(url, connection -> {
            var rows = new TreeMap<String, String>();
            for (var table : texts(connection, """
                SELECT relname FROM pg_class
                 WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition
                   AND relname <> 'flyway_schema_history'
                """).split("\n"))
                rows.put(
                        table,
                        texts(
                                connection,
                                "SELECT md5(string_agg(t::text, ',' ORDER BY t::text COLLATE \"C\")) FROM " + table
                                        + " t"));
            return rows;
        });
    }

    // Without domains: they belong to row-level security, which the next start enables.
    private static String schema(DatabaseUrl url) {
        return Jdbc.run(url, connection -> texts(connection, """
            SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text !~ '^pg_'
            UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT viewname || definition FROM pg_views WHERE schemaname = 'public'
            ORDER BY 1
            """));
    }

    private static String fingerprint(DatabaseUrl url) {
        return Jdbc.run(
                url,
                connection -> texts(
                        connection,
                        "SELECT split_part(obj_description('flyway_schema_history'::regclass, 'pg_class'), '-', 1)"));
    }

    private static String texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) texts.add(String.valueOf(rows.getString(1)));
            return texts.stream().collect(Collectors.joining("\n"));
        }
    }
}
