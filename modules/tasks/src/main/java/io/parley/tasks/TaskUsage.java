package io.parley.tasks;

import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.Usage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that counts created and completed tasks per day, week or month. */
final class TaskUsage {
    private final Database database;

    TaskUsage(Database database) {
        this.database = database;
    }

    Future<Usage> usage(DateRange range) {
        return database.query("""
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
                    """, TaskUsage::count)
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
