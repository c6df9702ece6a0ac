package io.parley.tasks;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.parley.storage.search.Snippet;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** Full-text search in titles and descriptions of tasks. */
final class TaskSearch {
    private final Database database;

    TaskSearch(Database database) {
        this.database = database;
    }

    Future<Results> search(Search.Query query) {
        return new RankedSearch(
                        database,
                        """
                    SELECT id, created_at, search
                      FROM tasks
                     WHERE user_id = #{user_id} AND deleted_at IS NULL
                    """,
                        "tasks",
                        "found.conversation_id, found.title",
                        "concat_ws(E'\\n', found.title, found.description)",
                        Search.WINDOW,
                        TaskSearch::hit)
                .best(query.caller().userId(), query.q(), query.limit(), query.after());
    }

    private static Hit hit(Row row) {
        return new Hit(
                Search.Type.TASK,
                Rows.uuid(row, "id"),
                Rows.nullableUuid(row, "conversation_id"),
                Rows.text(row, "title"),
                Snippet.of(row),
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
