package io.parley.messages;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.search.RankedSearch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/**
 * The SQL that searches the content of messages. Results of tools are found only if they are asked for, calls never. The
 * deleted conversations are read once (NOT IN), because planning a join with them took half of the time of planning.
 */
final class MessageSearch {
    private final RankedSearch ranking;

    MessageSearch(Database database) {
        this.ranking = new RankedSearch(database, """
                SELECT m.id, m.created_at, m.search, m.content AS text, m.conversation_id, m.role
                  FROM messages m
                 WHERE m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND (#{conversation_id}::uuid IS NULL OR m.conversation_id = #{conversation_id})
                   AND CASE WHEN #{role}::text IS NULL THEN m.role <> 'tool' ELSE m.role = #{role} END
                   AND (#{from}::timestamptz IS NULL OR m.created_at >= #{from})
                   AND (#{to}::timestamptz IS NULL OR m.created_at < #{to})
                   AND m.conversation_id NOT IN (
                       SELECT c.id FROM deleted_conversations c WHERE c.user_id = #{user_id})
                """, "conversation_id, role", MessageSearch::hit);
    }

    Future<Results> search(Search.Query query) {
        return ranking.best(query);
    }

    private static Hit hit(Row row, String snippet) {
        return new Hit(
                Search.Type.MESSAGE,
                Rows.uuid(row, "id"),
                Rows.uuid(row, "conversation_id"),
                Rows.choice(row, "role", Role.class),
                null,
                snippet,
                Rows.real(row, "rank"),
                Rows.instant(row, "created_at"));
    }
}
