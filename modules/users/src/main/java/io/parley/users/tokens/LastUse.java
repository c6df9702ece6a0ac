package io.parley.users.tokens;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Users.Client;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.UUID;

/** Notes when credentials of programs were used last, at most once a minute, and records the first use of a day. */
final class LastUse {
    /** Of a table with {@code last_used_at}: whether the last use is less than a minute old, and whether none was today. */
    static final String COLUMNS = """
        coalesce(t.last_used_at > now() - interval '1 minute', false) AS is_noted,
                       coalesce(t.last_used_at < date_trunc('day', now(), 'UTC'), true) AS is_first_today\
        """;

    private final Database database;
    private final String table;
    private final String idName;

    /** @param idName what events call its ids */
    LastUse(Database database, String table, String idName) {
        this.database = database;
        this.table = table;
        this.idName = idName;
    }

    Future<Void> note(UUID userId, UUID id, boolean isNoted, boolean isFirstToday, Client client) {
        if (isNoted) return Future.succeededFuture();
        return database.query(
                        "UPDATE %s SET last_used_at = now() WHERE user_id = #{user_id} AND id = #{id}".formatted(table))
                .run(Parameters.of("user_id", userId).and("id", id))
                .compose(noted -> isFirstToday
                        ? database.record(SecurityEvent.own(SecurityEventType.TOKEN_USED, userId, Origin.of(client))
                                .with(idName, id.toString()))
                        : Future.succeededFuture());
    }
}
