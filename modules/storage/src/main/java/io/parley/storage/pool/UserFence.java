package io.parley.storage.pool;

import io.parley.postgres.DatabaseRole;
import io.parley.storage.connections.PoolConnections;
import java.util.regex.Pattern;

/**
 * Adds a parameter to a statement that sets its user for row-level security. The type of the parameter is a domain whose constraint calls
 * {@code set_config}. PostgreSQL checks the constraint when it binds the values, inside the transaction of the statement and before it reads
 * a row. The statement therefore needs no further round trip, can be batched, and leaves nothing on the connection. A statement without the
 * parameter sees no rows.
 */
final class UserFence {
    /** The name of the parameter. */
    static final String PARAMETER = "acting_user";

    // PostgreSQL does not execute a part that no other part reads.
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
