package io.parley.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.ServerVersion;
import io.parley.postgres.TlsMode;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.NotesDatabase;
import io.parley.storage.Schema;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    @Test
    void migratesOnce() {
        var migrations = new Migrations(Servers.newDatabase(), "classpath:db/small");

        assertThat(migrations.migrate()).isEqualTo(2);
        assertThat(migrations.migrate()).isZero();
    }

    @Test
    void refusesADatabaseThatANewerProgramMigrated() {
        var url = NotesDatabase.create();
        Servers.execute(url, "UPDATE flyway_schema_history SET version = '003' WHERE version = '002'");

        assertRefused(url, "classpath:db/small")
                .hasMessage(
                        "the database has the migration 003, which this program does not have: use the newer Parley that created it");
    }

    @Test
    void findsNothingToDoWithARoleThatOwnsNothing() {
        var url = NotesDatabase.create();
        Servers.execute(url, "COMMENT ON TABLE flyway_schema_history IS NULL");
        Servers.execute(url, "DROP ROLE IF EXISTS clerk");
        Servers.execute(url, "CREATE ROLE clerk LOGIN PASSWORD 'lovelace'");
        Servers.execute(url, "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk");
        var clerk = new DatabaseUrl(
                url.host(),
                url.port(),
                url.database(),
                "clerk",
                new Secret("lovelace"),
                url.tls(),
                url.rootCertificate());

        assertThat(new Migrations(clerk, "classpath:db/small").migrate()).isZero();
        assertThat(new Migrations(url, "classpath:db/small").migrate()).isZero();
        assertThat(new Migrations(clerk, "classpath:db/small").migrate()).isZero();
    }

    @Test
    void leavesTheSchemaAsItWasIfAScriptFails() {
        var url = Servers.newDatabase();

        assertRefused(url, "classpath:db/small", "classpath:db/broken")
                .hasMessageStartingWith("the migration of the schema failed and changed nothing: ");

        assertThat(Servers.query(url, "SELECT concat(to_regclass('notes'), to_regclass('broken'))"))
                .isEmpty();
        assertThat(new Migrations(url, "classpath:db/small").migrate()).isEqualTo(2);
    }

    @Test
    void leavesTheSchemaAsItWasIfItsConnectionEndsInTheMiddle() throws SQLException {
        var url = Servers.newDatabase();
        String[] scripts = {"classpath:db/small", "classpath:db/waiting"};
        CompletableFuture<Integer> migration;
        try (var holder = url.connect();
                var statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(42)");
            migration = CompletableFuture.supplyAsync(() -> new Migrations(url, scripts).migrate());
            endTheOneThatWaits(statement);
            assertThat(migration).failsWithin(WAIT).withThrowableThat().withCauseInstanceOf(DatabaseException.class);
        }

        assertThat(Servers.query(url, "SELECT concat(to_regclass('notes'), to_regclass('waiting'))"))
                .isEmpty();
        assertThat(new Migrations(url, scripts).migrate()).isEqualTo(3);
    }

    private static void endTheOneThatWaits(Statement statement) throws SQLException {
        var deadline = Instant.now().plus(WAIT);
        while (true) {
            assertThat(Instant.now()).isBefore(deadline);
            try (var ended = statement.executeQuery("""
                    SELECT pg_terminate_backend(pid) FROM pg_locks
                     WHERE locktype = 'advisory' AND objid = 42 AND NOT granted
                    """)) {
                if (ended.next()) return;
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheServerInOneLine() {
        var url = Servers.newDatabase();
        var absent = new DatabaseUrl(
                "127.0.0.1", 1, "parley", "ada", new Secret("lovelace"), TlsMode.DISABLE, url.rootCertificate());
        var guess = new DatabaseUrl(
                url.host(),
                url.port(),
                url.database(),
                url.user(),
                new Secret("lovelace"),
                url.tls(),
                url.rootCertificate());

        assertRefused(absent, "classpath:db/small").hasMessageContaining("127.0.0.1:1 cannot be reached");
        assertRefused(guess, "classpath:db/small").hasMessageContaining("rejects the user parley");
        assertRefused(url.withDatabase("nowhere"), "classpath:db/small")
                .hasMessageContaining("database nowhere does not exist");
        var encrypted = DatabaseUrl.parse("postgresql://parley:"
                + url.password().value() + "@127.0.0.1:" + url.port() + "/parley?sslmode=require");
        assertRefused(encrypted, "classpath:db/small").hasMessageContaining("sslmode=require");
    }

    @Test
    void refusesAnotherSearchConfigurationThanThatOfTheDatabase() {
        var url = Servers.newDatabase();
        var english = new SearchConfiguration("english", true);

        Schema.migrations(url, english).migrate();

        assertThat(Schema.migrations(url, english).migrate()).isZero();
        assertThat(Schema.migrations(url, new SearchConfiguration("pg_catalog.english", true))
                        .migrate())
                .isZero();
        assertThat(Servers.query(url, "SELECT to_tsvector(search_configuration(), 'flights') @@ 'flight'::tsquery"))
                .isEqualTo("t");
        assertThatThrownBy(() -> Schema.migrations(url).migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessage("the database was created with the text search configuration pg_catalog.english, but"
                        + " search.configuration is pg_catalog.simple: set it back, or export all data and import it into"
                        + " a new database");
    }

    @Test
    void refusesOtherAccentsThanThoseOfTheDatabase() {
        var url = Servers.newDatabase();
        var exact = new SearchConfiguration("pg_catalog.simple", false);

        Schema.migrations(url, exact).migrate();

        assertThat(Schema.migrations(url, exact).migrate()).isZero();
        assertThat(Servers.query(url, "SELECT search_fold('caf\u00e9') = search_fold('cafe')"))
                .isEqualTo("f");
        assertThatThrownBy(() -> Schema.migrations(url).migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessage(
                        "the search words of the database were made with search.fold-accents false, but it is set to"
                                + " true: set it back, or export all data and import it into a new database");
    }

    @Test
    void reportsAnUnknownSearchConfiguration() {
        var url = Servers.newDatabase();

        assertThatThrownBy(() -> Schema.migrations(url, new SearchConfiguration("klingon", true))
                        .migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("text search configuration \"klingon\" does not exist")
                .hasMessageNotContaining("\n");
        assertThat(Schema.migrations(url).migrate()).isPositive();
    }

    @Test
    void refusesAServerThatIsTooOld() {
        ServerVersion.refuseOld(160_000);

        assertThatThrownBy(() -> ServerVersion.refuseOld(150_012))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("the database server is PostgreSQL 15, but Parley requires 16 or newer");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(DatabaseUrl url, String... locations) {
        return assertThatThrownBy(() -> new Migrations(url, locations).migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("lovelace");
    }
}
