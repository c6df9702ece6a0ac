package io.parley.testing;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How PostgreSQL goes about the statements that have been run so far.
 *
 * @param values what stands for the parameters of the statements, as SQL
 */
public record Plans(Database database, Map<String, String> values) {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");
    private static final Pattern WRITING = Pattern.compile("\\b(INSERT|UPDATE|DELETE)\\b");

    private record Line(String text) {}

    /** The statements that read the table and change nothing. */
    public List<String> reads(String table) {
        return database.texts().stream()
                .filter(text -> text.contains("SELECT") && text.contains(table))
                .filter(text -> !WRITING.matcher(text).find())
                .toList();
    }

    /** Of one statement, a line for each step. */
    public String of(String statement) {
        var sql = PARAMETER.matcher(statement).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
        var lines = database.statement("EXPLAIN " + sql, row -> new Line(row.getString(0)));
        return String.join(
                "\n",
                Answers.of(lines.list(Parameters.none())).stream()
                        .map(Line::text)
                        .toList());
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) throw new IllegalArgumentException("there is no value for the parameter " + name);
        return value;
    }
}
