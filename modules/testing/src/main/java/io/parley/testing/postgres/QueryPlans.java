package io.parley.testing.postgres;

import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How PostgreSQL executes the statements that have been run so far.
 *
 * @param values SQL to put in place of each parameter
 */
public record QueryPlans(Database database, DatabaseUrl url, Map<String, String> values) {
    /** In the plan of a statement that sorts; merging partitions that are read in order is not sorting. */
    public static final String SORT = "Sort  (";

    /** A step on a partition of a few blocks, for which no index would be faster. */
    private static final Pattern SMALL_PARTITION =
            Pattern.compile(".*Seq Scan on \\w+_p\\d+ .*\\(cost=0\\.00\\.\\.\\d{1,2}\\.\\d+ .*");

    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");
    private static final Pattern WRITING = Pattern.compile("\\b(INSERT|UPDATE|DELETE)\\b");

    /** Returns the statements that read the table and change nothing. */
    public List<String> reads(String table) {
        return database.texts().stream()
                .filter(text -> text.contains("SELECT") && text.contains(table))
                .filter(text -> !WRITING.matcher(text).find())
                .toList();
    }

    /**
     * The custom plan and the generic plan of a statement, one line a step. On partitioned tables the custom plan only:
     * PostgreSQL estimates a generic plan for all partitions together, although it reads one.
     */
    public List<String> of(String statement) {
        return HashPartitions.WANTED ? List.of(custom(statement)) : List.of(custom(statement), generic(statement));
    }

    /** Returns the plan made for these values (PostgreSQL, "PREPARE", custom plans). */
    public String custom(String statement) {
        var sql = PARAMETER.matcher(statement).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
        try (var connection = url.connect()) {
            takeRole(connection, statement);
            return explained(connection, "EXPLAIN " + sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(statement, failure);
        }
    }

    /** Returns the plan kept for all values after some runs (PostgreSQL, "PREPARE", generic plans). */
    public String generic(String statement) {
        var names = new ArrayList<String>();
        var sql = PARAMETER.matcher(statement).replaceAll(match -> {
            if (!names.contains(match.group(1))) names.add(match.group(1));
            return "\\$" + (names.indexOf(match.group(1)) + 1);
        });
        var all = names.stream().map(this::value).collect(Collectors.joining(", "));
        try (var connection = url.connect();
                var session = connection.createStatement()) {
            takeRole(connection, statement);
            session.execute("SET plan_cache_mode = force_generic_plan");
            session.execute("PREPARE kept AS " + sql);
            return explained(connection, "EXPLAIN EXECUTE kept" + (names.isEmpty() ? "" : "(" + all + ")"));
        } catch (SQLException failure) {
            throw new IllegalStateException(statement, failure);
        }
    }

    // As the server does: with the policies of row-level security, or across users.
    private void takeRole(Connection connection, String statement) throws SQLException {
        boolean isOfUser = statement.contains("#{user_id}");
        try (var session = connection.createStatement()) {
            if (isOfUser)
                session.execute("SELECT set_config('" + DatabaseRole.USER_SETTING + "', (" + value("user_id")
                        + ")::text, false)");
            session.execute("SET ROLE " + (isOfUser ? DatabaseRole.APP : DatabaseRole.SYSTEM).text());
        }
    }

    private static String explained(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var lines = new StringJoiner("\n");
            while (rows.next()) if (!SMALL_PARTITION.matcher(rows.getString(1)).matches()) lines.add(rows.getString(1));
            return lines.toString();
        }
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) throw new IllegalArgumentException("there is no value for the parameter " + name);
        return value;
    }
}
