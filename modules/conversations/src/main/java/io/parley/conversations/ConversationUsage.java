package io.parley.conversations;

import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;

/** The SQL that counts conversations. */
final class ConversationUsage {
    private final Query<Count> usage;

    ConversationUsage(Database database) {
        // From the table whose rows no message rewrites, which therefore has the index on created_at.
        usage = database.statement(
                """
            SELECT date_trunc(#{bucket}, s.created_at, 'UTC') AS bucket, 'started' AS what, count(*) AS count
              FROM conversation_search s
             WHERE s.user_id = #{user_id} AND s.created_at >= #{from} AND s.created_at < #{to}
               AND NOT EXISTS (
                   SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = s.id)
             GROUP BY 1
             ORDER BY 1
            """,
                row -> new Count(Rows.instant(row, "bucket"), Rows.text(row, "what"), null, Rows.bigint(row, "count")));
    }

    Future<Usage> usage(DateRange span) {
        return usage.list(Parameters.of("user_id", span.caller().userId())
                        .and("from", span.from())
                        .and("to", span.to())
                        .and("bucket", span.bucket()))
                .map(Usage::new);
    }
}
