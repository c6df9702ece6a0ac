package io.parley.conversations;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;

/** How many conversations there are. Reads them all, which an administrator asks for now and then. */
final class ConversationStatistics {
    private final Query<Figures> figures;

    ConversationStatistics(Database database) {
        figures = database.statement("""
            SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS live,
                   count(*) FILTER (WHERE deleted_at IS NOT NULL) AS deleted,
                   pg_total_relation_size('conversations') AS bytes,
                   count(*) FILTER (WHERE created_at > now() - interval '7 days') AS last_week,
                   count(*) FILTER (WHERE created_at > now() - interval '30 days') AS last_month
              FROM conversations
            """, ConversationStatistics::figures);
    }

    Future<Figures> ask(Statistics.Ask query) {
        query.caller().requireAdmin();
        return figures.only(Parameters.none());
    }

    private static Figures figures(Row row) {
        return new Figures(
                List.of(count(row, "live"), count(row, "deleted")),
                Rows.bigint(row, "bytes"),
                Rows.bigint(row, "last_week"),
                Rows.bigint(row, "last_month"));
    }

    private static Count count(Row row, String state) {
        return new Count(state, Rows.bigint(row, state));
    }
}
