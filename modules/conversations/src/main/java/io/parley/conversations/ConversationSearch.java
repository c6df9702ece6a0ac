package io.parley.conversations;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.parley.storage.search.Snippet;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that searches the titles and descriptions of conversations. */
final class ConversationSearch {
    private final Database database;

    ConversationSearch(Database database) {
        this.database = database;
    }

    Future<Results> search(Search.Query query) {
        var ranking = new RankedSearch(
                database,
                """
                SELECT s.id, s.created_at, s.search
                  FROM conversation_search s
                 WHERE s.user_id = #{user_id}
                   AND NOT EXISTS (
                       SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = s.id)
                """,
                "conversations",
                "found.title",
                "concat_ws(E'\\n', found.title, found.description)",
                Search.WINDOW,
                ConversationSearch::hit);
        return ranking.best(query.caller().userId(), query.q(), query.limit(), query.after());
    }

    private static Hit hit(Row row) {
        return new Hit(
                Search.Type.CONVERSATION,
                Rows.uuid(row, "id"),
                null,
                Rows.nullableText(row, "title"),
                Snippet.of(row),
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
