package io.parley.storage.pool;

import io.parley.postgres.DatabaseRole;
import java.util.regex.Pattern;

/**
 * Tells a statement whose rows it may see: it gets one more parameter, of a domain whose constraint sets the user. PostgreSQL checks the
 * constraint when it binds the values, in the transaction of the statement and before it reads a row. So the statement can be batched, it
 * costs no round trip and no transaction of its own, and nothing stays on the connection. Without the parameter no row is seen.
 */
final class UserFence {
    /** The name of the parameter. */
    static final String PARAMETER = "acting_user";

    // Nothing reads it, so it is not executed.
    private static final String ACTING = "acting AS (SELECT #{" + PARAMETER + "}::" + DatabaseRole.USER_DOMAIN + ")";

    private static final Pattern WITH = Pattern.compile("(?i)\\s*WITH\\s+(?:RECURSIVE\\s+)?");

    /** @param sql begins with WITH or with the name of the command */
    static String around(String sql) {
        var marker = sql.startsWith(PoolConnections.PLANNED_EACH_TIME) ? PoolConnections.PLANNED_EACH_TIME : "";
        var statement = sql.substring(marker.length());
        var with = WITH.matcher(statement);
        return with.lookingAt()
                ? marker + with.group() + ACTING + ", " + statement.substring(with.end())
                : marker + "WITH " + ACTING + " " + statement;
    }

    private UserFence() {}
}
