package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.messages.branches.ConversationLock;
import io.parley.messages.branches.LeafAfterDeletion;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL that moves messages to the trash, restores them and lists them there, unless their conversation is deleted. */
final class MessageTrash {
    private static final String DELETED = """
        deleted AS (
            UPDATE messages m
               SET deleted_at = now(), updated_at = next_version(m.updated_at, now())
              FROM live_conversations c
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
               AND c.id = m.conversation_id AND c.user_id = m.user_id
               AND (#{any_version} OR m.updated_at = ANY(#{versions}))
            RETURNING m.id, m.conversation_id, m.parent_id, c.current_leaf)
        """;

    private static final String RESTORED = """
        restored AS (
            UPDATE messages m
               SET deleted_at = NULL, updated_at = next_version(m.updated_at, now())
              FROM live_conversations c
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NOT NULL
               AND c.id = m.conversation_id AND c.user_id = m.user_id
            RETURNING m.id, m.conversation_id, m.parent_id, m.created_at, c.current_leaf)
        """;

    private final Database database;
    private final Ownership ownership;

    MessageTrash(Database database) {
        this.database = database;
        this.ownership = MessageRow.ownership(database);
    }

    Future<None> delete(Messages.Delete command) {
        return ownership.change(
                command.versions(),
                () -> database.query("WITH RECURSIVE " + DELETED + LeafAfterDeletion.LEAF + """
                , moved AS (
                    UPDATE conversations c
                       SET current_leaf = leaf.id, updated_at = next_version(c.updated_at, now())
                      FROM deleted, leaf
                     WHERE c.user_id = #{user_id} AND c.id = deleted.conversation_id
                       AND c.current_leaf = deleted.id)
                SELECT id FROM deleted
                """, row -> None.NONE)
                        .afterLocking(ConversationLock.OF_MESSAGE)
                        .one(rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    // If the message is on the current branch, all live messages above and below it are, as before. If it follows the
    // leaf, the leaf moves down. Otherwise it is on another branch, perhaps the first other one.
    Future<Message> restore(Messages.Restore command) {
        return database.query("WITH RECURSIVE " + RESTORED + """
                , up_from_leaf (id, parent_id) AS (
                    SELECT m.id, m.parent_id FROM restored r
                      JOIN messages m ON m.user_id = #{user_id} AND m.id = r.current_leaf
                    UNION ALL
                    SELECT m.id, m.parent_id
                      FROM up_from_leaf u JOIN messages m ON m.user_id = #{user_id} AND m.id = u.parent_id
                     WHERE m.created_at >= (SELECT created_at FROM restored)),
                up_from_restored (id, parent_id) AS (
                    SELECT id, parent_id FROM restored
                    UNION ALL
                    SELECT m.id, m.parent_id
                      FROM up_from_restored u JOIN messages m ON m.user_id = #{user_id} AND m.id = u.parent_id),
                below (id, created_at) AS (
                    SELECT id, created_at FROM restored
                    UNION ALL
                    SELECT m.id, m.created_at
                      FROM below b JOIN messages m ON m.user_id = #{user_id} AND m.parent_id = b.id),
                newest AS (
                    SELECT b.id FROM below b JOIN messages m ON m.user_id = #{user_id} AND m.id = b.id
                     WHERE m.deleted_at IS NULL OR m.id = #{id}
                     ORDER BY b.created_at DESC LIMIT 1),
                place AS (
                    SELECT r.conversation_id, r.current_leaf IS NULL OR r.current_leaf IN (SELECT id FROM up_from_restored)
                               AS follows,
                           r.id IN (SELECT id FROM up_from_leaf) AS is_current
                      FROM restored r),
                moved AS (
                    UPDATE conversations c
                       SET current_leaf = CASE WHEN place.follows THEN newest.id ELSE c.current_leaf END,
                           has_branches = c.has_branches OR NOT place.follows,
                           updated_at = next_version(c.updated_at, now())
                      FROM place, newest
                     WHERE c.user_id = #{user_id} AND c.id = place.conversation_id AND NOT place.is_current)
                SELECT id FROM restored
                """, row -> None.NONE)
                .afterLocking(ConversationLock.OF_MESSAGE)
                .one(rowOf(command.caller(), command.id()))
                .compose(restored -> findLive(command));
    }

    private Future<Message> findLive(Messages.Restore command) {
        return ownership.read(
                () -> database.query("SELECT " + MessageRow.JOINED_COLUMNS + MessageRow.LIVE + """
                   AND m.id = #{id} AND m.user_id = #{user_id}
                """, MessageRow::message)
                        .one(rowOf(command.caller(), command.id())),
                command.caller(),
                command.id());
    }

    Future<Page<Message>> list(Messages.ListConversation query) {
        return list(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return list(MessageFilter.of(query), query.page());
    }

    private Future<Page<Message>> list(Conditions conditions, PageRequest page) {
        return new Listing<>(
                        database,
                        "SELECT " + MessageRow.JOINED_COLUMNS + MessageRow.FROM_LIVE_CONVERSATIONS
                                + " WHERE m.deleted_at IS NOT NULL",
                        MessageRow.LARGE,
                        "m.deleted_at",
                        "m.id",
                        MessageRow::message,
                        MessageTrash::cursor)
                .page(conditions, page);
    }

    private static Cursor cursor(Message message) {
        return new Cursor(Objects.requireNonNull(message.deletedAt()), message.id());
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
