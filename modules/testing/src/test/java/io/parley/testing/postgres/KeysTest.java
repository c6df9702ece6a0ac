package io.parley.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the schema must be like, so that the rows of a user can lie together; each rule is also broken on purpose. The tables that
 * are excepted belong to no user: attempts are counted for unknown accounts too, invitations are for people without an account,
 * mails may go to addresses without one, and security events are one chain.
 */
@ExtendWith(PostgresExtension.class)
class KeysTest {
    private static DatabaseUrl url;

    // Without partitions, on which PostgreSQL itself refuses some of what breaks the rules.
    @BeforeAll
    static void migrate(DatabaseUrl server) {
        url = MigratedDatabase.create(server, "keys");
    }

    /** A query for what breaks the rule, and statements that break it. */
    enum Rule {
        EVERY_TABLE_HAS_A_USER("""
            SELECT c.relname FROM pg_class c
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
               AND c.relname NOT IN ('users', 'flyway_schema_history', 'rate_buckets', 'known_addresses',
                                     'role_limits', 'invitations', 'outgoing_mails', 'security_events')
               AND NOT EXISTS (SELECT FROM pg_attribute a
                                WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND a.attnotnull)
            """, "CREATE TABLE broken (id uuid PRIMARY KEY)"),

        PRIMARY_KEYS_BEGIN_WITH_THE_USER("""
            SELECT c.relname FROM pg_class c
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
               AND c.relname NOT IN ('users', 'flyway_schema_history', 'rate_buckets', 'known_addresses',
                                     'role_limits', 'invitations', 'outgoing_mails', 'security_events')
               AND NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_attribute a
                                   ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
                                WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attname = 'user_id')
            """, "CREATE TABLE broken (id uuid PRIMARY KEY, user_id uuid NOT NULL)"),

        UNIQUE_INDEXES_CONTAIN_THE_USER("""
            SELECT x.indexrelid::regclass::text
              FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
             WHERE x.indisunique AND c.relnamespace = current_schema()::regnamespace
               AND c.relname NOT IN ('users', 'flyway_schema_history', 'rate_buckets', 'known_addresses',
                                     'role_limits', 'invitations', 'outgoing_mails', 'security_events')
               AND NOT EXISTS (SELECT FROM pg_attribute a
                                WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND a.attnum = ANY(x.indkey))
            """, "CREATE UNIQUE INDEX broken ON tasks (id)"),

        FOREIGN_KEYS_NAME_THE_USER("""
            SELECT k.conname FROM pg_constraint k
             WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
               AND k.confrelid <> 'users'::regclass
               AND NOT EXISTS (SELECT FROM pg_attribute a
                                WHERE a.attrelid = k.conrelid AND a.attname = 'user_id' AND a.attnum = ANY(k.conkey))
            """, """
            CREATE TABLE other (id uuid UNIQUE, user_id uuid NOT NULL);
            ALTER TABLE tasks ADD CONSTRAINT broken FOREIGN KEY (conversation_id) REFERENCES other (id) NOT VALID
            """),

        NO_FOREIGN_KEY_SETS_NULL("""
            SELECT k.conname FROM pg_constraint k
             WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND k.confdeltype IN ('n', 'd')
            """, """
            ALTER TABLE tasks ADD CONSTRAINT broken FOREIGN KEY (user_id, conversation_id) REFERENCES conversations
                ON DELETE SET NULL (conversation_id)
            """);

        private final String violations;
        private final String breaks;

        Rule(String violations, String breaks) {
            this.violations = violations;
            this.breaks = breaks;
        }
    }

    @ParameterizedTest
    @EnumSource
    void holds(Rule rule) {
        assertThat(Jdbc.<List<String>>run(url, connection -> violations(connection, rule)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failsIfItIsBroken(Rule rule) {
        assertThat(Jdbc.<List<String>>run(url, connection -> broken(connection, rule)))
                .isNotEmpty();
    }

    private static List<String> broken(Connection connection, Rule rule) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(rule.breaks);
        }
        var violations = violations(connection, rule);
        connection.rollback();
        return violations;
    }

    private static List<String> violations(Connection connection, Rule rule) throws SQLException {
        var violations = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(rule.violations)) {
            while (rows.next()) violations.add(rows.getString(1));
        }
        return violations;
    }
}
