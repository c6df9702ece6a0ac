package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;

/** The SQL that walks through all of a user's conversations, ordered by id. */
final class ConversationWalk {
    private static final String LIVE = "SELECT " + ConversationRow.COLUMNS
            + " FROM conversations WHERE user_id = #{user_id} AND deleted_at IS NULL";

    private static final String ORDERED_BY_ID = " ORDER BY id LIMIT #{limit}";

    private final Database database;

    ConversationWalk(Database database) {
        this.database = database;
    }

    // One row more than the limit shows whether there is another page.
    Future<Page<Conversation>> walk(Conversations.Walk query) {
        var parameters = Parameters.of("user_id", query.caller().userId()).and("limit", query.limit() + 1);
        var rows = query.after() == null
                ? database.query(LIVE + ORDERED_BY_ID, ConversationRow::conversation)
                        .list(parameters)
                : database.query(LIVE + " AND id > #{after}" + ORDERED_BY_ID, ConversationRow::conversation)
                        .list(parameters.and("after", query.after()));
        return rows.map(found -> Page.of(found, query.limit(), last -> new Cursor(last.createdAt(), last.id())));
    }
}
