package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.vertx.core.Future;
import java.time.Instant;

/** The SQL that walks through all of a user's conversations, ordered by id. */
final class ConversationWalk {
    /** The caller keeps a page in memory until it has processed its conversations. */
    private static final int PAGE_BYTES = 256 * 1024;

    private final Database database;

    ConversationWalk(Database database) {
        this.database = database;
    }

    Future<Page<Conversation>> walk(Conversations.Walk query) {
        var after = query.after() == null ? null : new Cursor(Instant.EPOCH, query.after());
        return new Listing<>(
                        database,
                        "SELECT " + ConversationRow.COLUMNS + " FROM conversations WHERE deleted_at IS NULL",
                        ConversationRow.LARGE,
                        null,
                        "id",
                        ConversationRow::conversation,
                        last -> new Cursor(last.createdAt(), last.id()))
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        new PageRequest(after, query.limit(), Order.ASC, PAGE_BYTES));
    }
}
