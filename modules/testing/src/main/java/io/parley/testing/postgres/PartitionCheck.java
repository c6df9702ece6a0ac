package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.testing.Fixtures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds statements whose plan touches more than one of the {@link HashPartitions}, although they name the user. The plan is
 * the one that PostgreSQL keeps for all values (a generic plan), for one user and NULL for every other parameter.
 */
public record PartitionCheck(DatabaseUrl url) {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");
    private static final String USER = "user_id";
    /** What a plan's step names, such as {@code Index Scan using messages_pkey_p3 on messages_p3 m}. */
    private static final Pattern PARTITION = Pattern.compile("\\b(?:on|Update on|Delete on) \\w+?_p(\\d+)\\b");

    /** Empty if the statement touches one partition of each table, or does not name the user. */
    public List<String> violations(String statement) {
        if (!statement.contains("#{" + USER + "}")) return List.of();
        var plan = Jdbc.run(url, connection -> plan(connection, statement));
        var touched =
                PARTITION.matcher(plan).results().map(match -> match.group(1)).collect(Collectors.toSet());
        return touched.size() <= 1 ? List.of() : List.of("touches " + touched.size() + " partitions:\n" + plan);
    }

    private static String plan(Connection connection, String template) throws SQLException {
        var names = new ArrayList<String>();
        var sql = PARAMETER.matcher(template).replaceAll(match -> {
            if (!names.contains(match.group(1))) names.add(match.group(1));
            return "\\$" + (names.indexOf(match.group(1)) + 1);
        });
        try (var statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE kept AS " + sql);
            try (var rows = statement.executeQuery("EXPLAIN EXECUTE kept(" + values(names) + ")")) {
                var plan = new StringBuilder();
                while (rows.next()) plan.append(rows.getString(1)).append('\n');
                return plan.toString();
            }
        }
    }

    private static String values(List<String> names) {
        var values = names.stream().map(name -> name.equals(USER) ? "'" + Fixtures.ada.userId() + "'" : "NULL");
        return String.join(", ", values.toList());
    }
}
