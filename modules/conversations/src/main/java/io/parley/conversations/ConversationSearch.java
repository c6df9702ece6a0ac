package io.parley.conversations;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that searches titles and descriptions of conversations. One has no role, so that filter finds none. */
final class ConversationSearch {
    private final RankedSearch ranking;

    ConversationSearch(Database database) {
        this.ranking = new RankedSearch(database, """
                SELECT s.id, s.created_at, s.search, concat_ws(E'\\n', c.title, c.description) AS text, c.title
                  FROM conversation_search s
                  JOIN conversations c ON c.user_id = #{user_id} AND c.id = s.id
                 WHERE s.user_id = #{user_id} AND c.deleted_at IS NULL AND #{role}::text IS NULL
                   AND (#{conversation_id}::uuid IS NULL OR s.id = #{conversation_id})
                   AND (#{from}::timestamptz IS NULL OR s.created_at >= #{from})
                   AND (#{to}::timestamptz IS NULL OR s.created_at < #{to})
                """, "title", ConversationSearch::hit);
    }

    Future<Results> search(Search.Query query) {
        return ranking.best(query);
    }

    private static Hit hit(Row row, String snippet) {
        return new Hit(
                Search.Type.CONVERSATION,
                Rows.uuid(row, "id"),
                null,
                null,
                Rows.nullableText(row, "title"),
                snippet,
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
