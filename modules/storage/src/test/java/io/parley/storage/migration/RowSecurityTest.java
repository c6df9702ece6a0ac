package io.parley.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an owner of the tables who is no superuser. */
class RowSecurityTest {
    private static final String ADA = "01900000-0000-7000-8000-00000000ada0";
    private static final String UNSECURED = """
        SELECT coalesce(string_agg(c.relname, ' ' ORDER BY c.relname), '') FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id' AND c.relkind = 'r'
         WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relforcerowsecurity
        """;

    private static DatabaseUrl migrated;

    private DatabaseUrl superuser;
    private DatabaseUrl owner;

    @BeforeAll
    static void migrateOnce() {
        migrated = owned(Servers.newDatabase());
        Schema.migrations(migrated).migrate();
    }

    @BeforeEach
    void createOwner() {
        superuser = Servers.copyOf(migrated);
        owner = owned(superuser);
        Servers.execute(superuser, "REASSIGN OWNED BY " + migrated.user() + " TO " + owner.user());
    }

    private static DatabaseUrl owned(DatabaseUrl database) {
        var name = "owner_of_" + database.database();
        Servers.execute(database, "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'");
        Servers.execute(database, "ALTER DATABASE " + database.database() + " OWNER TO " + name);
        return new DatabaseUrl(
                database.host(),
                database.port(),
                database.database(),
                name,
                new Secret("secret"),
                database.tls(),
                database.rootCertificate());
    }

    private void secure() {
        for (var role : new String[] {"parley_app", "parley_system"})
            if (Servers.query(superuser, "SELECT count(*) FROM pg_roles WHERE rolname = '" + role + "'")
                    .equals("0"))
                Servers.execute(superuser, "CREATE ROLE " + role + " NOLOGIN NOSUPERUSER NOBYPASSRLS");
        RowSecurity.roles(owner.user()).stream()
                .filter(statement -> !statement.startsWith("CREATE ROLE"))
                .forEach(statement -> Servers.execute(superuser, statement));
        RowSecurity.enable(owner, owner.user());
    }

    private void insertTask() {
        Servers.execute(
                superuser, "INSERT INTO users (id, email, password_hash) VALUES ('" + ADA + "', 'ada@x.org', '-')");
        Servers.execute(
                superuser, "INSERT INTO tasks (id, user_id, title) VALUES ('" + ADA + "', '" + ADA + "', 'old')");
    }

    @Test
    void bindsTheOwnerAsWell() {
        insertTask();
        secure();

        assertThat(Servers.query(superuser, UNSECURED)).isEqualTo("security_events");
        assertThat(Servers.query(owner, "SELECT count(*) FROM tasks")).isEqualTo("0");
        assertThat(Servers.query(owner, "SELECT count(*) FROM live_conversations"))
                .isEqualTo("0");
        assertThat(RowSecurity.restricts(owner)).isTrue();
    }

    @Test
    void changesNothingTheSecondTime() {
        secure();
        var before = Servers.query(superuser, "SELECT string_agg(xmin::text, ' ' ORDER BY oid) FROM pg_class");

        RowSecurity.enable(owner, owner.user());

        assertThat(Servers.query(superuser, "SELECT string_agg(xmin::text, ' ' ORDER BY oid) FROM pg_class"))
                .isEqualTo(before);
    }

    @Test
    void letsMigrationsSeeAllRows(@TempDir Path folder) throws IOException {
        insertTask();
        secure();
        Files.writeString(Files.createDirectory(folder.resolve("migration")).resolve("V900__rename.sql"), """
            UPDATE tasks SET title = 'new';
            CREATE TABLE notes (user_id uuid, id uuid, PRIMARY KEY (user_id, id));
            """);

        Schema.migrationsAnd(owner, folder.resolve("migration")).migrate();

        assertThat(Servers.query(superuser, "SELECT title FROM tasks")).isEqualTo("new");
        assertThat(Servers.query(superuser, UNSECURED)).isEqualTo("notes security_events");
        RowSecurity.enable(owner, owner.user());
        assertThat(Servers.query(superuser, UNSECURED)).isEqualTo("security_events");
    }

    @Test
    void canBeRolledBackAndTurnedOff() {
        insertTask();
        secure();

        RowSecurity.disable(owner);

        assertThat(Servers.query(owner, "SELECT count(*) FROM tasks")).isEqualTo("1");
        RowSecurity.enable(owner, owner.user());
        assertThatThrownBy(() -> Schema.migrations(owner).rollback(9_999)).isInstanceOf(RuntimeException.class);
        assertThat(RowSecurity.restricts(owner)).isTrue();
        assertThat(Schema.migrations(owner).rollback(0)).isPositive();
        assertThat(Servers.query(superuser, "SELECT count(*) FROM pg_policy")).isEqualTo("0");
    }

    @Test
    void saysWhatTheOperatorHasToDo() {
        assertThatThrownBy(() -> RowSecurity.enable(owner, owner.user()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("parley database roles");
        assertThat(Servers.query(superuser, "SELECT count(*) FROM pg_policy")).isEqualTo("0");
        assertThat(RowSecurity.roles(owner.user())).anyMatch(statement -> statement.contains(owner.user()));
    }
}
