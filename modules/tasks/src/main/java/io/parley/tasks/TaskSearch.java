package io.parley.tasks;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** Full-text search in titles and descriptions of tasks. A task has no role, so that filter finds none. */
final class TaskSearch {
    private final RankedSearch ranking;

    TaskSearch(Database database) {
        this.ranking = new RankedSearch(database, """
                SELECT id, created_at, search, concat_ws(E'\\n', title, description) AS text, conversation_id, title
                  FROM tasks
                 WHERE user_id = #{user_id} AND deleted_at IS NULL AND #{role}::text IS NULL
                   AND (#{conversation_id}::uuid IS NULL OR conversation_id = #{conversation_id})
                   AND (#{from}::timestamptz IS NULL OR created_at >= #{from})
                   AND (#{to}::timestamptz IS NULL OR created_at < #{to})
                """, "conversation_id, title", TaskSearch::hit);
    }

    Future<Results> search(Search.Query query) {
        return ranking.best(query);
    }

    private static Hit hit(Row row, String snippet) {
        return new Hit(
                Search.Type.TASK,
                Rows.uuid(row, "id"),
                Rows.nullableUuid(row, "conversation_id"),
                null,
                Rows.text(row, "title"),
                snippet,
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
