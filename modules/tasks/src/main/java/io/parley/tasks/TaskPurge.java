package io.parley.tasks;

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
 * The SQL that permanently deletes tasks from the trash, and removes links to conversations that are being purged. Both pick
 * rows of any users without a lock, then change those of one user after the other.
 */
final class TaskPurge {
    private final Database database;

    TaskPurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return remove(batch)
                .compose(removed -> unlink(batch)
                        .map(unlinked -> new Purged(removed.removed(), removed.more() || unlinked.more())));
    }

    private Future<Purged> remove(Batch batch) {
        return findDeleted(batch)
                .compose(deleted -> UserRow.eachUser(deleted, (user, ids) -> remove(batch, user, ids))
                        .map(removed -> new Purged(removed, !deleted.isEmpty())));
    }

    // Candidates of all users.
    private Future<List<UserRow>> findDeleted(Batch batch) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, id
                      FROM tasks
                     WHERE deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'
                     ORDER BY deleted_at, id
                     LIMIT #{limit}
                    """, UserRow::of)
                .list(seconds(batch).and("limit", batch.limit()));
    }

    private Future<Integer> remove(Batch batch, UUID user, UUID[] ids) {
        return database.query("""
                    DELETE FROM tasks
                     WHERE user_id = #{user_id} AND id = ANY(#{ids})
                       AND deleted_at <= now() - #{seconds} * interval '1 second'
                    """)
                .within(Purge.LIMIT)
                .run(seconds(batch).and("user_id", user).and("ids", ids));
    }

    private Future<Purged> unlink(Batch batch) {
        return findLinked(batch)
                .compose(linked ->
                        UserRow.eachUser(linked, this::unlink).map(unlinked -> new Purged(0, !linked.isEmpty())));
    }

    // Candidates of all users.
    private Future<List<UserRow>> findLinked(Batch batch) {
        return database.acrossUsers().query("""
                    SELECT t.user_id, t.id
                      FROM purged_conversations c JOIN tasks t ON t.user_id = c.user_id AND t.conversation_id = c.id
                     LIMIT #{limit}
                    """, UserRow::of).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Integer> unlink(UUID user, UUID[] ids) {
        return database.query("""
                    UPDATE tasks
                       SET conversation_id = NULL
                     WHERE user_id = #{user_id} AND id = ANY(#{ids})
                       AND conversation_id IN (SELECT c.id FROM purged_conversations c WHERE c.user_id = #{user_id})
                    """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user).and("ids", ids));
    }

    private static Parameters seconds(Batch batch) {
        return Parameters.of("seconds", (double) batch.olderThan().toSeconds());
    }
}
