package io.parley.users.tokens;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** Notes when credentials of programs were used last, at most once a minute, and records the first use of a day. */
final class LastUseStore {
    /**
     * For {@link #found}, of a table t with {@code last_used_at} and its user u: whether the last use is less than a minute old,
     * and whether none was today. The statement adds {@code expires_at}.
     */
    static final String COLUMNS = """
        t.id, t.user_id, u.role, t.scopes,
                       coalesce(t.last_used_at > now() - interval '1 minute', false) AS is_noted,
                       coalesce(t.last_used_at < date_trunc('day', now(), 'UTC'), true) AS is_first_today\
        """;

    private final Database database;
    private final String table;
    private final String idName;

    /** @param isNoted whether the last use is less than a minute old */
    record Found(Checked token, boolean isNoted, boolean isFirstToday) {}

    /** @param idName what events call its ids */
    LastUseStore(Database database, String table, String idName) {
        this.database = database;
        this.table = table;
        this.idName = idName;
    }

    static Found found(Row row) {
        return new Found(
                new Checked(
                        Rows.uuid(row, "id"),
                        Rows.uuid(row, "user_id"),
                        Rows.choice(row, "role", Role.class),
                        TokenStore.scopes(row),
                        Rows.nullableInstant(row, "expires_at")),
                Rows.flag(row, "is_noted"),
                Rows.flag(row, "is_first_today"));
    }

    /** Fails unauthenticated if nothing was found. */
    Future<Checked> note(Optional<Found> used, Client client) {
        var found = used.orElseThrow(() -> Problem.unauthenticated("The access token is not valid."));
        var token = found.token();
        if (found.isNoted()) return Future.succeededFuture(token);
        return database.query(
                        "UPDATE %s SET last_used_at = now() WHERE user_id = #{user_id} AND id = #{id}".formatted(table))
                .run(Parameters.of("user_id", token.userId()).and("id", token.id()))
                .compose(noted -> found.isFirstToday() ? record(token, client) : Future.succeededFuture())
                .map(token);
    }

    private Future<Void> record(Checked token, Client client) {
        return database.record(SecurityEvent.own(SecurityEventType.TOKEN_USED, token.userId(), Origin.of(client))
                .with(idName, token.id().toString()));
    }
}
