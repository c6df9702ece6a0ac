package io.parley.conversations;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * The SQL that marks conversations for the purge and removes the marked ones that nothing refers to any more. Both are
 * picked by a statement that locks nothing, because that may take long among rows that are deleted but not vacuumed yet, and
 * then changed one user at a time.
 */
final class ConversationPurge {
    private static final String IN_TRASH_LONG_ENOUGH = """
        deleted_at IS NOT NULL AND purged_at IS NULL AND deleted_at <= now() - #{seconds} * interval '1 second'
        """;

    private final Database database;

    ConversationPurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return findEmpty(batch)
                .compose(empty -> UserRow.eachUser(empty, this::remove)
                        .compose(removed ->
                                mark(batch).map(marked -> new Purged(removed, marked || !empty.isEmpty()))));
    }

    // Of all users. OFFSET 0 keeps the planner from reading all messages in order to
    // find the conversations without any.
    private Future<List<UserRow>> findEmpty(Batch batch) {
        return database.acrossUsers().query("""
                SELECT c.user_id, c.id FROM conversations c
                 WHERE c.purged_at <= now()
                   AND NOT EXISTS (
                       SELECT FROM message_conversations m
                        WHERE m.user_id = c.user_id AND m.conversation_id = c.id OFFSET 0)
                   AND NOT EXISTS (
                       SELECT FROM task_conversations t
                        WHERE t.user_id = c.user_id AND t.conversation_id = c.id OFFSET 0)
                 ORDER BY c.purged_at, c.id LIMIT #{limit}
                """, UserRow::of).list(Parameters.of("limit", batch.limit()));
    }

    // A message would be removed with its conversation, a task would make the statement fail: so that none
    // refers to it is checked again.
    private Future<Integer> remove(UUID userId, UUID[] ids) {
        return database.query("""
                DELETE FROM conversations c
                 WHERE c.user_id = #{user_id} AND c.id = ANY(#{ids}) AND c.purged_at <= now()
                   AND NOT EXISTS (
                       SELECT FROM message_conversations m
                        WHERE m.user_id = #{user_id} AND m.conversation_id = c.id OFFSET 0)
                   AND NOT EXISTS (
                       SELECT FROM task_conversations t
                        WHERE t.user_id = #{user_id} AND t.conversation_id = c.id OFFSET 0)
                """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", userId).and("ids", ids));
    }

    /** Returns whether any were found. */
    private Future<Boolean> mark(Batch batch) {
        return findLongDeleted(batch)
                .compose(doomed -> UserRow.eachUser(doomed, (userId, ids) -> mark(userId, ids, batch))
                        .map(marked -> !doomed.isEmpty()));
    }

    // Of all users.
    private Future<List<UserRow>> findLongDeleted(Batch batch) {
        return database.acrossUsers()
                .query(
                        "SELECT user_id, id FROM conversations WHERE " + IN_TRASH_LONG_ENOUGH
                                + " ORDER BY deleted_at, id LIMIT #{limit}",
                        UserRow::of)
                .list(Parameters.of("seconds", seconds(batch)).and("limit", batch.limit()));
    }

    // The condition is repeated, because a conversation may have been restored meanwhile.
    private Future<Integer> mark(UUID userId, UUID[] ids, Batch batch) {
        return database.query("""
                UPDATE conversations SET purged_at = now()
                 WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND\s""" + IN_TRASH_LONG_ENOUGH)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", userId).and("ids", ids).and("seconds", seconds(batch)));
    }

    private static double seconds(Batch batch) {
        return batch.olderThan().toSeconds();
    }
}
