package io.parley.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.Schema;
import io.parley.storage.migration.SchemaVersion.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
    @TempDir
    private Path folder;

    private DatabaseUrl url;

    @BeforeEach
    void createDatabase() {
        url = Servers.newDatabase();
    }

    @Test
    void migratesUpDownAndUpToTheSameSchema() {
        assertRoundTrip(url);
    }

    static void assertRoundTrip(DatabaseUrl url) {
        var empty = Schema.of(url);
        var migrations = Schema.migrations(url);
        int scripts = migrations.migrate();
        var full = Schema.of(url);

        assertThat(full).hasSizeGreaterThan(100);
        assertThat(migrations.rollback(0)).isEqualTo(scripts);
        assertThat(Schema.of(url)).isEqualTo(empty);
        assertThat(migrations.migrate()).isEqualTo(scripts);
        assertThat(Schema.of(url)).isEqualTo(full);
    }

    @Test
    void migratesDownStepByStepAndUpAgain() {
        var migrations = Schema.migrations(url);
        migrations.migrate();
        var full = Schema.of(url);
        var versions = migrations.status();

        for (int at = versions.size() - 2; at >= 0; at--)
            assertThat(migrations.rollback(versions.get(at).version())).isEqualTo(1);
        migrations.migrate();

        assertThat(Schema.of(url)).isEqualTo(full);
    }

    @Test
    void keepsTheDataOfOtherVersions() throws IOException {
        two();
        migrations().migrate();
        Servers.execute(url, "INSERT INTO apples VALUES (1); INSERT INTO pears VALUES (2)");

        assertThat(migrations().rollback(1)).isEqualTo(1);

        assertThat(Servers.query(url, "SELECT id FROM apples")).isEqualTo("1");
        assertThat(Servers.query(url, "SELECT to_regclass('pears')")).isNull();
    }

    @Test
    void reportsTheStateOfEveryVersion() throws IOException {
        two();
        assertThat(migrations().status())
                .containsExactly(
                        new SchemaVersion(1, "apples", State.PENDING, null),
                        new SchemaVersion(2, "pears", State.PENDING, null));

        migrations().migrate();
        migrations().rollback(1);

        var status = migrations().status();
        assertThat(status).extracting(SchemaVersion::state).containsExactly(State.APPLIED, State.PENDING);
        assertThat(status.get(0).appliedAt())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
    }

    @Test
    void changesNothingThatANewerProgramMigrated() throws IOException {
        two();
        script("migration/V003__plums.sql", "CREATE TABLE plums (id int)");
        migrations().migrate();
        Files.delete(folder.resolve("migration/V003__plums.sql"));

        assertThat(migrations().status())
                .extracting(SchemaVersion::state)
                .containsExactly(State.APPLIED, State.APPLIED, State.UNKNOWN);
        assertRefused(1).hasMessageContaining("use the newer Parley that created it");
        assertThat(Servers.query(url, "SELECT to_regclass('plums')")).isEqualTo("plums");
    }

    @Test
    void undoesNothingIfAScriptIsMissing() throws IOException {
        two();
        script("migration/V003__plums.sql", "CREATE TABLE plums (id int)");
        script("undo/U003__plums.sql", "DROP TABLE plums");
        Files.delete(folder.resolve("undo/U002__pears.sql"));
        migrations().migrate();

        assertRefused(0).hasMessage("the undo script U002__pears.sql is missing; nothing was rolled back");
        assertThat(Servers.query(url, "SELECT to_regclass('plums')")).isEqualTo("plums");
        assertThat(migrations().rollback(2)).isEqualTo(1);
    }

    @Test
    void refusesAVersionThatWasNeverApplied() throws IOException {
        two();
        migrations().migrate();

        assertRefused(7).hasMessage("the schema was never at version 7; choose one of 0, 1, 2");
        assertRefused(-1).hasMessageContaining("-1");
        assertThat(migrations().rollback(2)).isZero();
    }

    @Test
    void changesNothingIfAScriptFails() throws IOException {
        two();
        script("undo/U002__pears.sql", "DROP TABLE pears; SELECT 1 / 0; DROP TABLE apples");
        migrations().migrate();
        var before = Schema.of(url);

        assertRefused(0)
                .hasMessageStartingWith("the undo script U002__pears.sql failed with SQLSTATE 22012")
                .hasMessageContaining("changed nothing");

        assertThat(Schema.of(url)).isEqualTo(before);
        assertThat(migrations().status()).extracting(SchemaVersion::state).containsOnly(State.APPLIED);
        assertThat(migrations().migrate()).isZero();
    }

    @Test
    void letsOneOfTwoSimultaneousMigrationsWork() {
        var counts = atOnce(List.of(
                () -> Schema.migrations(url).migrate(),
                () -> Schema.migrations(url).migrate(),
                () -> Schema.migrations(url).migrate()));

        assertThat(counts).containsOnlyOnce(Schema.migrations(url).status().size());
        assertThat(counts.stream().filter(count -> count == 0)).hasSize(2);
    }

    @Test
    void runsSimultaneousMigrationsAndRollbacksOneAfterAnother() {
        var migrations = Schema.migrations(url);
        migrations.migrate();
        var full = Schema.of(url);

        atOnce(List.of(
                () -> Schema.migrations(url).rollback(0),
                () -> Schema.migrations(url).rollback(0),
                () -> Schema.migrations(url).migrate(),
                () -> Schema.migrations(url).migrate()));

        assertThat(migrations.status()).extracting(SchemaVersion::state).hasSizeGreaterThan(3);
        assertThat(migrations.status().stream().map(SchemaVersion::state).distinct())
                .hasSize(1);
        migrations.migrate();
        assertThat(Schema.of(url)).isEqualTo(full);
    }

    private static List<Integer> atOnce(List<Supplier<Integer>> work) {
        var started = work.stream().map(CompletableFuture::supplyAsync).toList();
        return started.stream().map(CompletableFuture::join).toList();
    }

    private void two() throws IOException {
        script("migration/V001__apples.sql", "CREATE TABLE apples (id int)");
        script("undo/U001__apples.sql", "DROP TABLE apples");
        script("migration/V002__pears.sql", "CREATE TABLE pears (id int)");
        script("undo/U002__pears.sql", "DROP TABLE pears");
    }

    private void script(String name, String sql) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, sql);
    }

    private Migrations migrations() {
        return new Migrations(url, "filesystem:" + folder.resolve("migration"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int to) {
        return assertThatThrownBy(() -> migrations().rollback(to))
                .isInstanceOf(DatabaseException.class)
                .hasMessageNotContaining("\n");
    }
}
