package io.parley.audit;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.HexFormat;
import java.util.List;

/** The SQL that reads the chain of all users' events. */
final class ChainStore {
    private final Database database;

    ChainStore(Database database) {
        this.database = database;
    }

    Future<List<ChainedEvent>> listAfter(long seq, int limit) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, seq, at, type, actor_id, session_id, ip, user_agent, detail, prev, hash
                      FROM security_events
                     WHERE seq > #{after}
                     ORDER BY seq
                     LIMIT #{limit}
                    """, ChainStore::event)
                .list(Parameters.of("after", seq).and("limit", limit));
    }

    /** Whether the newest pruning ended at this number and this hash. */
    Future<Boolean> wasPrunedThrough(long seq, String hash) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id,
                           (detail::json ->> 'through_seq')::bigint = #{seq}
                           AND detail::json ->> 'through_hash' = #{hash} AS is_end
                      FROM security_events
                     WHERE type = 'audit.pruned'
                     ORDER BY seq DESC
                     LIMIT 1
                    """, row -> Rows.flag(row, "is_end"))
                .one(Parameters.of("seq", seq).and("hash", hash))
                .map(isEnd -> isEnd.orElse(false));
    }

    private static ChainedEvent event(Row row) {
        return new ChainedEvent(
                Rows.bigint(row, "seq"),
                Rows.instant(row, "at"),
                Rows.text(row, "type"),
                Rows.nullableUuid(row, "actor_id"),
                Rows.nullableUuid(row, "user_id"),
                Rows.nullableUuid(row, "session_id"),
                Rows.nullableText(row, "ip"),
                Rows.nullableText(row, "user_agent"),
                Rows.nullableText(row, "detail"),
                HexFormat.of().formatHex(Rows.bytes(row, "prev")),
                HexFormat.of().formatHex(Rows.bytes(row, "hash")));
    }
}
