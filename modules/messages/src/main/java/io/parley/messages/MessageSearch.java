package io.parley.messages;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.parley.storage.search.Snippet;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that searches the content of messages. */
final class MessageSearch {
    private final Database database;

    MessageSearch(Database database) {
        this.database = database;
    }

    Future<Results> search(Search.Query query) {
        var ranking = new RankedSearch(
                database,
                """
                SELECT m.id, m.created_at, m.search
                  FROM messages m
                 WHERE m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND NOT EXISTS (
                       SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = m.conversation_id)
                """,
                "messages",
                "found.conversation_id",
                "coalesce(found.content, '')",
                Search.WINDOW,
                MessageSearch::hit);
        return ranking.best(query.caller().userId(), query.q(), query.limit(), query.after());
    }

    private static Hit hit(Row row) {
        return new Hit(
                Search.Type.MESSAGE,
                Rows.uuid(row, "id"),
                Rows.uuid(row, "conversation_id"),
                null,
                Snippet.of(row),
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
