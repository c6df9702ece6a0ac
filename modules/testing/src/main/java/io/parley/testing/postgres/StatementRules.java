package io.parley.testing.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What every statement must be like, so that it works on tables that are distributed by {@code user_id}: it says whose rows
 * it wants, computes no time from a column, and locks no rows of several users. A textual check, because neither PostgreSQL
 * nor a parser on the class path knows which parameter is the user's.
 */
public final class StatementRules {
    private static final Set<String> ALIAS_STOPS = Set.of(
            "where",
            "set",
            "on",
            "join",
            "left",
            "cross",
            "as",
            "order",
            "group",
            "limit",
            "values",
            "select",
            "using",
            "union",
            "returning",
            "for",
            "inner",
            "window",
            "offset",
            "having",
            "and");

    private static final Pattern TABLE =
            Pattern.compile("(?i)\\b(FROM|JOIN|UPDATE|USING|INTO|,)\\s+(%s)\\b(?:\\s+(?:AS\\s+)?([a-z_]+))?");
    private static final Pattern SET_CLAUSE =
            Pattern.compile("(?is)\\bSET\\b(.*?)(?=\\b(?:WHERE|FROM|RETURNING)\\b(?![^(]*\\))|$)");
    private static final Pattern NOW_IN_CONFLICT = Pattern.compile("(?is)DO\\s+UPDATE\\s+SET\\b.*?\\bnow\\(");
    private static final Pattern NOW_IN_EXPRESSION = Pattern.compile("(?is)\\bCASE\\b(?:(?!\\bEND\\b).)*\\bnow\\(\\)"
            + "|\\b(?:COALESCE|GREATEST|LEAST)\\((?:[^()]|\\([^()]*\\))*?\\bnow\\(\\)");
    private static final Pattern COLUMN_AND_INTERVAL =
            Pattern.compile("(?i)\\b(?!now\\b)[a-z_]+(?:\\.[a-z_]+)?\\s*[-+]\\s*interval");
    private static final Pattern SCALAR_SUBQUERY = Pattern.compile(
            "(?is)(?<!EXISTS )(?<!EXISTS)(?<!IN )(?<!FROM )(?<!JOIN )(?<!LATERAL )\\(\\s*SELECT\\b(?:[^()]|\\([^()]*\\))*\\)");
    private static final Pattern LOCK = Pattern.compile("(?i)\\bFOR (?:NO KEY )?(?:UPDATE|SHARE)\\b");

    /** Statements that range over several users on purpose, each with the reason. */
    private static final List<Pattern> SEVERAL_USERS = List.of(
            // Before anybody has signed in.
            Pattern.compile("SELECT EXISTS \\(SELECT FROM users\\) AS has_users"),
            // Figures for administrators.
            Pattern.compile("(?s).*AS last_month.*"),
            // Sessions that ended within the life of an access token, for all gateways.
            Pattern.compile("(?s)\\s*SELECT session_id\\s+FROM ended_sessions\\s.*"));

    private final List<String> tables;

    /** @param tables the tables and views with a column {@code user_id}, but {@code users} */
    public StatementRules(List<String> tables) {
        this.tables = List.copyOf(tables);
    }

    /** What a statement does that it must not; empty if it keeps all rules. */
    public List<String> violations(String sql) {
        var text = withoutStrings(sql);
        var violations = new ArrayList<String>();
        if (!rangesOverUsers(text)) violations.addAll(tablesWithoutUser(text));
        SCALAR_SUBQUERY
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(this::correlatesTheUser)
                .forEach(
                        subquery -> violations.add("a scalar subquery takes its user from another table: " + subquery));
        SET_CLAUSE.matcher(text).results().map(match -> match.group(1)).forEach(set -> {
            if (NOW_IN_EXPRESSION.matcher(set).find()) violations.add("now() does not stand alone in SET");
            if (COLUMN_AND_INTERVAL.matcher(set).find()) violations.add("a time is computed from a column in SET");
        });
        if (Pattern.compile("(?i)ON CONFLICT \\(id\\)").matcher(text).find())
            violations.add("ON CONFLICT names a key without the user");
        if (NOW_IN_CONFLICT.matcher(text).find())
            violations.add("now() in DO UPDATE, where Citus takes immutable functions only");
        if (text.toUpperCase(Locale.ROOT).contains("SKIP LOCKED")) violations.add("SKIP LOCKED");
        if (LOCK.matcher(text).find() && !text.contains("user_id = #{") && !text.contains("id = #{user_id}"))
            violations.add("locks rows of several users");
        if (correlatesBesideASet(text)) violations.add("a correlated subquery beside a set-returning function");
        return violations;
    }

    // A plain SELECT that returns whose rows it found: an owner's lookup after a miss, or candidates of background
    // work.
    private boolean rangesOverUsers(String text) {
        if (SEVERAL_USERS.stream().anyMatch(each -> each.matcher(text).matches())) return true;
        return text.strip().matches("(?is)SELECT\\b.*")
                && !LOCK.matcher(text).find()
                && text.strip()
                        .matches("(?is)SELECT\\s+(?:DISTINCT\\s+)?(?:\\w+\\.)?(?:id,\\s*(?:\\w+\\.)?)?user_id\\b.*");
    }

    private List<String> tablesWithoutUser(String text) {
        var table = Pattern.compile(TABLE.pattern().formatted(String.join("|", tables)));
        return table.matcher(text)
                .results()
                .filter(match -> !namesUser(text, match))
                .map(match -> match.group(2) + " is used without its user_id")
                .distinct()
                .toList();
    }

    private static boolean namesUser(String text, MatchResult match) {
        if (match.group(1).equalsIgnoreCase("INTO")) {
            var columns = text.substring(match.end(2)).replaceFirst("(?is)^\\s+AS\\s+\\w+", "");
            return columns.matches("(?is)\\s*\\([^)]*\\buser_id\\b.*");
        }
        var alias = match.group(3);
        if (alias == null || ALIAS_STOPS.contains(alias.toLowerCase(Locale.ROOT)))
            return compares(text, "(?<![.\\w])") || compares(text, "\\b" + match.group(2) + "\\.");
        return compares(text, "\\b" + alias + "\\.") || compares(text, "(?<![.\\w])");
    }

    private static boolean compares(String text, String qualifier) {
        return Pattern.compile("(?i)" + qualifier + "user_id\\s*=|=\\s*" + qualifier + "user_id\\b|" + qualifier
                        + "user_id\\s*,[^()]*\\)\\s*(?:=|IN)")
                .matcher(text)
                .find();
    }

    private boolean correlatesTheUser(String subquery) {
        return tables.stream().anyMatch(table -> subquery.matches("(?is).*\\b" + table + "\\b.*"))
                && subquery.matches("(?is).*\\buser_id\\s*=\\s*\\w+\\.user_id\\b.*")
                && !subquery.contains("user_id = #{user_id}");
    }

    private static boolean correlatesBesideASet(String text) {
        var sets = Pattern.compile("(?is)\\bunnest\\(.*?\\)\\s*(?:WITH ORDINALITY\\s*)?AS\\s+(\\w+)\\s*\\(")
                .matcher(text);
        while (sets.find()) {
            var alias = sets.group(1);
            if (Pattern.compile("(?is)\\(\\s*SELECT\\b(?:[^()]|\\([^()]*\\))*\\b" + alias + "\\.")
                    .matcher(text)
                    .find()) return true;
        }
        return false;
    }

    private static String withoutStrings(String sql) {
        return sql.replaceAll("(?s)/\\*.*?\\*/", " ")
                .replaceAll("(?m)--.*$", " ")
                .replaceAll("'(?:[^']|'')*'", "''");
    }
}
