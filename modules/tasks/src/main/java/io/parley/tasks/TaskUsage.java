package io.parley.tasks;

import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;

/** The SQL that counts tasks. */
final class TaskUsage {
    private final Query<Count> usage;

    TaskUsage(Database database) {
        usage = database.statement(
                """
            SELECT date_trunc(#{bucket}, created_at, 'UTC') AS bucket, 'created' AS what, count(*) AS count
              FROM tasks
             WHERE user_id = #{user_id} AND deleted_at IS NULL AND created_at >= #{from} AND created_at < #{to}
             GROUP BY 1
            UNION ALL
            SELECT date_trunc(#{bucket}, completed_at, 'UTC'), 'completed', count(*)
              FROM tasks
             WHERE user_id = #{user_id} AND deleted_at IS NULL
               AND completed_at >= #{from} AND completed_at < #{to}
             GROUP BY 1
             ORDER BY 1, 2
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
