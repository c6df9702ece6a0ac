package io.parley.messages;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The SQL that removes messages permanently: those deleted long enough ago, then those of conversations that are being
 * purged. They are picked by a statement that locks nothing, because that may take long among rows that are deleted but not
 * vacuumed yet, and then removed one user at a time.
 */
final class MessagePurge {
    private static final String DELETED_LONG_AGO =
            "deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'";

    private static final String OF_A_PURGED_CONVERSATION =
            "conversation_id IN (SELECT c.id FROM purged_conversations c WHERE c.user_id = #{user_id})";

    // The messages that follow a removed one are attached to its nearest ancestor that stays, in as many batches as it
    // takes, because there may be any number of them. The lock keeps a message from being restored after that. All
    // nodes take the locks in the same order, so they do not deadlock.
    private static final String REMOVE = """
        WITH RECURSIVE doomed AS MATERIALIZED (
            SELECT id, parent_id FROM messages
             WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND %s
             ORDER BY id FOR UPDATE),
        replies AS MATERIALIZED (
            SELECT r.id, d.parent_id FROM doomed d JOIN messages r ON r.user_id = #{user_id} AND r.parent_id = d.id
             WHERE NOT EXISTS (SELECT FROM doomed WHERE doomed.id = r.id)
             LIMIT #{limit}),
        ancestors (reply_id, id) AS (
            SELECT id, parent_id FROM replies
            UNION ALL
            SELECT a.reply_id, d.parent_id FROM ancestors a JOIN doomed d ON d.id = a.id),
        attached AS (
            UPDATE messages r SET parent_id = a.id
              FROM ancestors a
             WHERE r.user_id = #{user_id} AND r.id = a.reply_id
               AND NOT EXISTS (SELECT FROM doomed WHERE doomed.id = a.id))
        DELETE FROM messages
         WHERE user_id = #{user_id} AND id IN (SELECT id FROM doomed) AND (SELECT count(*) FROM replies) < #{limit}
        """;

    // A reply was posted while the message was being removed. The next run attaches it as well.
    private static final Map<String, Problem> CONSTRAINTS = Map.of("fk_messages_parent", Problem.unavailable());

    private final Database database;

    MessagePurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return findDeleted(batch)
                .compose(deleted -> deleted.isEmpty() ? purgeWithConversations(batch) : removeDeleted(deleted, batch));
    }

    // Of all users.
    private Future<List<UserRow>> findDeleted(Batch batch) {
        return database.acrossUsers()
                .query(
                        "SELECT user_id, id FROM messages WHERE " + DELETED_LONG_AGO
                                + " ORDER BY deleted_at, id LIMIT #{limit}",
                        UserRow::of)
                .list(Parameters.of("seconds", seconds(batch)).and("limit", batch.limit()));
    }

    private Future<Purged> removeDeleted(List<UserRow> deleted, Batch batch) {
        return UserRow.eachUser(
                        deleted,
                        (userId, ids) -> remove(
                                DELETED_LONG_AGO, parameters(userId, ids, batch).and("seconds", seconds(batch))))
                .map(removed -> new Purged(removed, true));
    }

    private Future<Purged> purgeWithConversations(Batch batch) {
        return findOfPurgedConversations(batch)
                .compose(found -> UserRow.eachUser(
                                found,
                                (userId, ids) -> remove(OF_A_PURGED_CONVERSATION, parameters(userId, ids, batch)))
                        .map(removed -> new Purged(removed, !found.isEmpty())));
    }

    // Of all users.
    private Future<List<UserRow>> findOfPurgedConversations(Batch batch) {
        return database.acrossUsers().query("""
                SELECT m.user_id, m.id
                  FROM purged_conversations c JOIN messages m ON m.user_id = c.user_id AND m.conversation_id = c.id
                 LIMIT #{limit}
                """, UserRow::of).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Integer> remove(String condition, Parameters parameters) {
        return database.query(REMOVE.formatted(condition))
                .translating(CONSTRAINTS)
                .within(Purge.LIMIT)
                .run(parameters);
    }

    private static Parameters parameters(UUID userId, UUID[] ids, Batch batch) {
        return Parameters.of("user_id", userId).and("ids", ids).and("limit", batch.limit());
    }

    private static double seconds(Batch batch) {
        return batch.olderThan().toSeconds();
    }
}
