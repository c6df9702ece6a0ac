package io.parley.storage.pool;

import io.parley.postgres.DatabaseRole;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives a statement the user whose rows it may see, in the statement itself, so that it can be batched and costs no round trip of
 * its own. The setting ends with the transaction of the statement: nothing stays on the connection.
 */
final class UserFence {
    /** The parameter with the id of the user. */
    static final String USER = "#{user_id}";

    private static final String SET = "set_config('" + DatabaseRole.USER_SETTING + "', " + USER + "::uuid::text, true)";

    private static final Pattern SUBQUERY = Pattern.compile("(?i)\\bSELECT\\b");
    private static final Pattern VALUES = Pattern.compile("(?i)\\bVALUES\\s*\\(");

    /** Empty if the user must be set by a statement of its own in the same transaction. */
    static Optional<String> around(String sql) {
        var marker = sql.startsWith(PoolConnections.PLANNED_EACH_TIME) ? PoolConnections.PLANNED_EACH_TIME : "";
        if (StatementKind.reads(sql)) return Optional.of(marker + read(sql.substring(marker.length())));
        return SUBQUERY.matcher(StatementKind.code(sql)).find() ? Optional.empty() : insert(sql);
    }

    // Without the reference to w, or without an OFFSET, the planner compares the user_id of the statement with the
    // setting before it is set, and no row is found.
    private static String read(String sql) {
        return "SELECT r.* FROM (SELECT " + SET + " AS id) w, LATERAL (SELECT s.* FROM (" + sql
                + "\n) s WHERE w.id IS NOT NULL OFFSET 0) r";
    }

    // The row is checked when it is stored, which is after it was computed.
    private static Optional<String> insert(String sql) {
        var values = VALUES.matcher(sql);
        if (!values.find()) return Optional.empty();
        int end = closing(sql, values.end());
        if (end < 0 || sql.substring(end + 1).stripLeading().startsWith(",")) return Optional.empty();
        return Optional.of(sql.substring(0, values.start()) + "SELECT " + sql.substring(values.end(), end)
                + " FROM (SELECT " + SET + ") w" + sql.substring(end + 1));
    }

    /** Of the bracket that was opened just before; -1 if there is none. */
    private static int closing(String sql, int from) {
        int open = 1;
        boolean isText = false;
        for (int at = from; at < sql.length(); at++) {
            char character = sql.charAt(at);
            if (character == '\'') isText = !isText;
            else if (!isText && character == '(') open++;
            else if (!isText && character == ')' && --open == 0) return at;
        }
        return -1;
    }

    private UserFence() {}
}
