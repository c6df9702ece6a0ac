package io.parley.conversations;

import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that counts conversations. */
final class ConversationUsage {
    private final Database database;

    ConversationUsage(Database database) {
        this.database = database;
    }

    // Reads conversation_search, because it has an index on created_at: no message updates its rows, so
    // the index is cheap.
    Future<Usage> usage(DateRange range) {
        return database.query("""
                SELECT date_trunc(#{bucket}, s.created_at, 'UTC') AS bucket, 'started' AS what, count(*) AS count
                  FROM conversation_search s
                 WHERE s.user_id = #{user_id} AND s.created_at >= #{from} AND s.created_at < #{to}
                   AND NOT EXISTS (
                       SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = s.id)
                 GROUP BY 1
                 ORDER BY 1
                """, ConversationUsage::count)
                .list(Parameters.of("user_id", range.caller().userId())
                        .and("from", range.from())
                        .and("to", range.to())
                        .and("bucket", range.bucket()))
                .map(Usage::new);
    }

    private static Count count(Row row) {
        return new Count(Rows.instant(row, "bucket"), Rows.text(row, "what"), null, Rows.bigint(row, "count"));
    }
}
