package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Row-level security: the two roles of {@link DatabaseRole}, a policy on every table with a column {@code user_id}, and what the roles
 * may do. What is wanted is compared with the catalog, so a table that a migration adds is secured at the next start, and a start
 * that finds everything as it should be changes nothing.
 */
public final class RowSecurity {
    /** duplicate_object and unique_violation: another process has just created the role. */
    private static final Set<String> EXISTS_NOW = Set.of("42710", "23505");

    private final Statement statement;

    private RowSecurity(Statement statement) {
        this.statement = statement;
    }

    /**
     * Blocks until the tables are secured. Creates the roles if they are missing and the owner may do so. Fails with
     * {@link DatabaseException} if row-level security cannot be had; the message says why.
     *
     * @param owner of the tables
     * @param login that the server connects as, which has to take the roles
     */
    public static void enable(DatabaseUrl owner, String login) {
        if (Jdbc.run(owner, connection -> isComplete(connection, login))) return;
        SchemaLock.hold(owner, () -> Jdbc.run(owner, connection -> inTransaction(connection, RowSecurity::addMissing)));
    }

    // On one connection, because a start waits for each.
    private static boolean isComplete(Connection connection, String login) throws SQLException {
        if (Distribution.isDistributed(connection))
            throw new DatabaseException("the tables are distributed with Citus");
        return with(connection, security -> {
            security.createRoles(login);
            return security.missing().isEmpty();
        });
    }

    /** Blocks until no statement is restricted any more. The policies stay, without effect. */
    public static void disable(DatabaseUrl owner) {
        if (!isEnabled(owner)) return;
        SchemaLock.hold(
                owner,
                () -> Jdbc.run(
                        owner,
                        connection -> inTransaction(connection, security -> security.run(RowSecuritySql.DISABLE))));
    }

    /** Like {@link #disable}, and drops the policies. */
    static void remove(DatabaseUrl owner) {
        Jdbc.run(owner, connection -> inTransaction(connection, security -> security.run(RowSecuritySql.REMOVE)));
    }

    /** In the transaction of the statement. */
    static void disable(Statement statement) throws SQLException {
        new RowSecurity(statement).run(RowSecuritySql.DISABLE);
    }

    private boolean run(String changes) throws SQLException {
        for (var change : texts(changes)) statement.execute(change);
        return true;
    }

    private static boolean isEnabled(DatabaseUrl owner) {
        return Jdbc.run(
                owner,
                connection -> with(
                        connection,
                        security -> !security.texts(RowSecuritySql.DISABLE).isEmpty()));
    }

    /** Whether the login of this URL itself would see no rows. */
    public static boolean restricts(DatabaseUrl login) {
        return Jdbc.run(
                login,
                connection -> with(
                        connection,
                        security -> !security.texts(RowSecuritySql.RESTRICTED).isEmpty()));
    }

    /** Whether the login of this URL takes the role of requests by itself. */
    public static boolean isApp(DatabaseUrl login) {
        return Jdbc.run(
                login,
                connection -> with(
                        connection,
                        security -> security.texts("SELECT current_user").contains(DatabaseRole.APP.text())));
    }

    /** The statements that create the roles for this login, to be run by a superuser in the database. */
    public static List<String> roles(String login) {
        return RowSecuritySql.roles(login);
    }

    /** Lets the owner see all rows in this transaction, for work that moves them; {@link #bindOwner} ends that. */
    static List<String> releaseOwner(Statement statement) throws SQLException {
        var security = new RowSecurity(statement);
        var forced = security.texts(RowSecuritySql.FORCED_ON_OWNER);
        for (var table : forced) statement.execute("ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY");
        return forced;
    }

    static void bindOwner(Statement statement, List<String> released) throws SQLException {
        var existing = new RowSecurity(statement).texts(RowSecuritySql.TABLES);
        for (var table : released)
            if (existing.contains(table)) statement.execute("ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
    }

    private void createRoles(String login) throws SQLException {
        for (var role : DatabaseRole.values())
            if (texts(RowSecuritySql.exists(role)).isEmpty()) create(role);
        for (var grant : texts(RowSecuritySql.missingMemberships(login))) require(grant, "may not grant the roles");
    }

    private void create(DatabaseRole role) throws SQLException {
        try {
            require(RowSecuritySql.create(role), "may not create the role " + role.text());
        } catch (SQLException failure) {
            if (!EXISTS_NOW.contains(String.valueOf(failure.getSQLState()))) throw failure;
        }
    }

    private void require(String change, String otherwise) throws SQLException {
        try {
            statement.execute(change);
        } catch (SQLException failure) {
            if (!"42501".equals(failure.getSQLState())) throw failure;
            throw new DatabaseException(
                    "the user " + texts("SELECT session_user").get(0) + " " + otherwise
                            + "; run the statements of `parley database roles` as a superuser",
                    failure);
        }
    }

    private List<String> missing() throws SQLException {
        return texts(RowSecuritySql.MISSING);
    }

    private boolean addMissing() throws SQLException {
        statement.execute("SET LOCAL lock_timeout = 0");
        statement.execute("SET LOCAL statement_timeout = 0");
        for (var change : missing()) require(change, "does not own the tables: set database.owner-url");
        return true;
    }

    private List<String> texts(String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }

    private interface Work {
        boolean with(RowSecurity security) throws SQLException;
    }

    private static boolean with(Connection connection, Work work) throws SQLException {
        try (var statement = connection.createStatement()) {
            return work.with(new RowSecurity(statement));
        }
    }

    private static boolean inTransaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = with(connection, work);
        connection.commit();
        return done;
    }
}
