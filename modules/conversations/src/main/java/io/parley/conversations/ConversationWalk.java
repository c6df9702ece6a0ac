package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.vertx.core.Future;

/** The SQL of the walk over all of a user's conversations. */
final class ConversationWalk {
    private final Query<Conversation> first;
    private final Query<Conversation> next;

    ConversationWalk(Database database) {
        first = database.statement(sql(""), ConversationStore::conversation);
        next = database.statement(sql("AND id > #{after}"), ConversationStore::conversation);
    }

    private static String sql(String behind) {
        return "SELECT " + ConversationStore.COLUMNS + """
              FROM conversations
             WHERE user_id = #{user_id} AND deleted_at IS NULL %s
             ORDER BY id
             LIMIT #{limit}
            """.formatted(behind);
    }

    Future<Page<Conversation>> walk(Conversations.Walk query) {
        var parameters = Parameters.of("user_id", query.caller().userId()).and("limit", query.limit() + 1);
        var rows = query.after() == null ? first.list(parameters) : next.list(parameters.and("after", query.after()));
        return rows.map(found -> Page.of(found, query.limit(), last -> new Cursor(last.createdAt(), last.id())));
    }
}
