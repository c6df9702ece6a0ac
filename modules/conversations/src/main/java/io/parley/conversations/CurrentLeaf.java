package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.TextChanges;
import io.vertx.core.Future;
import java.util.Optional;

/** The SQL that moves the current leaf of a conversation to another branch. */
final class CurrentLeaf {
    private static final String LOCK =
            "SELECT id FROM conversations WHERE user_id = #{user_id} AND id = #{id} FOR NO KEY UPDATE";

    /**
     * Common table expressions that find the {@code leaf_id} of {@code leaf}: the newest live message at or below
     * {@code #{current_leaf}}. The newest has no live message below it, because every message is older than those that follow
     * it. Deleted messages are passed through.
     */
    static final String NEWEST_BELOW = """
        below (id, created_at, deleted_at) AS (
            SELECT t.id, t.created_at, t.deleted_at FROM message_tree t
             WHERE t.user_id = #{user_id} AND t.conversation_id = #{id} AND t.id = #{current_leaf}
               AND t.deleted_at IS NULL
            UNION ALL
            SELECT t.id, t.created_at, t.deleted_at
              FROM below JOIN message_tree t ON t.user_id = #{user_id} AND t.parent_id = below.id),
        leaf (leaf_id) AS (
            SELECT id FROM below WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1)
        """;

    private final Database database;

    CurrentLeaf(Database database) {
        this.database = database;
    }

    /**
     * Changes all fields of the patch, or none. Fails invalid unless the leaf is a live message of the conversation; empty if
     * the caller has no such conversation or its version is another one.
     */
    Future<Optional<Conversation>> update(Conversations.Update command, TextChanges changes) {
        var leaf = command.patch().currentLeaf().value();
        return database.query(
                        "WITH RECURSIVE " + NEWEST_BELOW + "UPDATE conversations c SET current_leaf = leaf_id, "
                                + ConversationStore.SET_FIELDS + " FROM leaf " + ConversationStore.WHERE_NOT_STALE
                                + " RETURNING " + ConversationRow.COLUMNS,
                        ConversationRow::conversation)
                .afterLocking(LOCK)
                .translating(ConversationRow.CONSTRAINTS)
                .one(ConversationStore.parameters(command, changes).and("current_leaf", leaf))
                .compose(updated -> updated.isPresent() ? Future.succeededFuture(updated) : requireLeaf(command));
    }

    // Another user's conversation has no message that this user could name, so it is not mistaken for a bad leaf.
    private Future<Optional<Conversation>> requireLeaf(Conversations.Update command) {
        return database.query("""
                SELECT c.id FROM live_conversations c
                 WHERE c.user_id = #{user_id} AND c.id = #{id}
                   AND NOT EXISTS (
                       SELECT FROM message_tree t
                        WHERE t.user_id = #{user_id} AND t.conversation_id = #{id} AND t.id = #{current_leaf}
                          AND t.deleted_at IS NULL)
                """)
                .one(Parameters.of("user_id", command.caller().userId())
                        .and("id", command.id())
                        .and("current_leaf", command.patch().currentLeaf().value()))
                .map(withoutLeaf -> {
                    if (withoutLeaf.isPresent()) throw ConversationPatch.noSuchLeaf();
                    return Optional.empty();
                });
    }
}
