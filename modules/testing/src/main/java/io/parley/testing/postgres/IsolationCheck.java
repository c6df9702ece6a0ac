package io.parley.testing.postgres;

import io.parley.postgres.DatabaseRole;
import io.parley.testing.Fixtures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a statement without its conditions on the user, for values that match as many rows as possible, as somebody who has none.
 * Row-level security alone must keep it from finding or changing another user's rows.
 *
 * @param connection of the owner of the tables; the check commits nothing on it
 */
public record IsolationCheck(Connection connection) {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");
    private static final Pattern OWN =
            Pattern.compile("(?i)(?:\\w+\\.)?\\buser_id\\s*=\\s*(?:#\\{user_id}|ANY\\(#\\{users}(?:::uuid\\[])?\\))");
    /** The table of accounts has no policy, because accounts are looked up before anybody has signed in. */
    private static final String OWN_ACCOUNT = "FROM users WHERE id = #{user_id}";

    private static final List<UUID> IDS = List.of(
            Fixtures.adasTripPlan,
            Fixtures.adasQuestion,
            Fixtures.adasBooking,
            Fixtures.adasProviderKey,
            Fixtures.adasCancelledTrip,
            Fixtures.adasTypo,
            Fixtures.adasForgottenErrand);
    private static final Set<String> LOWER_BOUNDS = Set.of("from", "due_after", "day_after", "created_after");

    /** What a row shows if nothing was found: sums, counts, and whether there is any. */
    private static final Set<String> NOTHING = Set.of("0", "f", "{}", "");

    /** Empty if the statement finds nothing. */
    public List<String> violations(String statement) {
        return finds(statement, true) ? List.of("finds rows of other users without its user_id") : List.of();
    }

    /** Whether the same statement finds something if row-level security does not apply, so that the check means something. */
    public boolean findsAsOwner(String statement) {
        return finds(statement, false);
    }

    private boolean finds(String statement, boolean asStranger) {
        if (!OWN.matcher(statement).find()) return false;
        var names = new ArrayList<String>();
        var unbound = OWN.matcher(statement).replaceAll("true").replace(OWN_ACCOUNT, "FROM users WHERE false");
        var sql = PARAMETER.matcher(unbound).replaceAll(match -> {
            if (!names.contains(match.group(1))) names.add(match.group(1));
            return "\\$" + (names.indexOf(match.group(1)) + 1);
        });
        try {
            return finds(names, sql, asStranger);
        } catch (SQLException failure) {
            throw new IllegalStateException(statement, failure);
        }
    }

    private boolean finds(List<String> names, String sql, boolean asStranger) throws SQLException {
        connection.setAutoCommit(false);
        try (var session = connection.createStatement()) {
            try {
                session.execute("PREPARE checked AS " + sql);
                var types = types(session);
                if (asStranger) becomeStranger(session);
                for (var id : IDS) if (findsWith(session, names, types, id)) return true;
                return false;
            } finally {
                connection.rollback();
                // Which the rollback does not do.
                session.execute("DEALLOCATE ALL");
                connection.commit();
            }
        }
    }

    private static List<String> types(Statement session) throws SQLException {
        try (var rows =
                session.executeQuery("SELECT parameter_types FROM pg_prepared_statements WHERE name = 'checked'")) {
            rows.next();
            return Stream.of((Object[]) rows.getArray(1).getArray())
                    .map(String::valueOf)
                    .toList();
        }
    }

    private static void becomeStranger(Statement session) throws SQLException {
        session.execute("SET LOCAL ROLE " + DatabaseRole.APP.text());
        session.execute("SET LOCAL " + DatabaseRole.USER_SETTING + " = '" + UUID.randomUUID() + "'");
    }

    private boolean findsWith(Statement session, List<String> names, List<String> types, UUID id) throws SQLException {
        var values = new ArrayList<String>();
        for (int at = 0; at < names.size(); at++) values.add(value(names.get(at), types.get(at), id));
        var savepoint = connection.setSavepoint();
        try {
            session.execute("EXECUTE checked" + (values.isEmpty() ? "" : "(" + String.join(", ", values) + ")"));
            return showsSomething(session);
        } catch (SQLException refused) {
            // A row that the policy does not admit, or a value that the statement does not take: nothing was found.
            return false;
        } finally {
            connection.rollback(savepoint);
        }
    }

    private static boolean showsSomething(Statement session) throws SQLException {
        try (var rows = session.getResultSet()) {
            if (rows == null) return session.getUpdateCount() > 0;
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                if (columns == 0) return true;
                for (int column = 1; column <= columns; column++) {
                    var shown = rows.getString(column);
                    if (shown != null && !NOTHING.contains(shown)) return true;
                }
            }
            return false;
        }
    }

    private static String value(String name, String type, UUID id) {
        return switch (type) {
            case "uuid" -> "'" + (name.equals("user_id") ? Fixtures.ada.userId() : id) + "'";
            case "uuid[]" -> IDS.stream().map(UUID::toString).collect(Collectors.joining(",", "'{", "}'"));
            case "boolean" -> "true";
            case "smallint", "integer", "bigint", "double precision", "real", "numeric" -> "100";
            case "timestamp with time zone", "date" -> LOWER_BOUNDS.contains(name) ? "'-infinity'" : "'infinity'";
            default -> name.equals("bucket") ? "'day'" : "NULL";
        };
    }
}
