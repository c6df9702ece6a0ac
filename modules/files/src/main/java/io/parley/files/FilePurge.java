package io.parley.files;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The SQL that removes files for good: those that have been in the trash for long enough, and those of which the rest has not
 * arrived in a day. A file is marked, after which it cannot be restored; then its chunks are removed, some at a time; then its row.
 * Rows of any users are picked without a lock, then those of one user after the other are changed.
 */
final class FilePurge {
    /** Longer than any upload takes. */
    private static final Duration ARRIVES_WITHIN = Duration.ofDays(1);

    private static final String IN_TRASH_LONG_ENOUGH =
            "state = 'stored' AND deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'";

    private static final String ABANDONED =
            "state = 'arriving' AND began_at <= now() - #{seconds} * interval '1 second'";

    private final Database database;

    FilePurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return removeMarked(batch)
                .compose(removed -> mark(batch).map(marked -> new Purged(removed.removed(), removed.more() || marked)));
    }

    private Future<Purged> removeMarked(Batch batch) {
        return findMarked(batch)
                .compose(marked -> UserRow.eachUser(marked, (user, ids) -> removeChunks(user, ids, batch.limit()))
                        .compose(chunks -> UserRow.eachUser(marked, this::remove))
                        .map(removed -> new Purged(removed, !marked.isEmpty())));
    }

    // Candidates of all users.
    private Future<List<UserRow>> findMarked(Batch batch) {
        return database.acrossUsers()
                .query(
                        "SELECT user_id, id FROM files WHERE state = 'purged' ORDER BY deleted_at, id LIMIT #{limit}",
                        UserRow::of)
                .list(Parameters.of("limit", batch.limit()));
    }

    private Future<Integer> removeChunks(UUID user, UUID[] ids, int limit) {
        return database.query("""
                    DELETE FROM file_chunks
                     WHERE user_id = #{user_id}
                       AND (file_id, number) IN (
                           SELECT c.file_id, c.number FROM file_chunks c
                            WHERE c.user_id = #{user_id} AND c.file_id = ANY(#{ids})
                            LIMIT #{limit})
                    """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user).and("ids", ids).and("limit", limit));
    }

    private Future<Integer> remove(UUID user, UUID[] ids) {
        return database.query("""
                    DELETE FROM files f
                     WHERE f.user_id = #{user_id} AND f.id = ANY(#{ids}) AND f.state = 'purged'
                       AND NOT EXISTS (
                           SELECT FROM file_chunks c WHERE c.user_id = #{user_id} AND c.file_id = f.id)
                    """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user).and("ids", ids));
    }

    /** Returns whether any were found. */
    private Future<Boolean> mark(Batch batch) {
        return find(IN_TRASH_LONG_ENOUGH, "deleted_at", batch.olderThan(), batch)
                .compose(deleted -> find(ABANDONED, "began_at", ARRIVES_WITHIN, batch)
                        .compose(abandoned -> mark(deleted, IN_TRASH_LONG_ENOUGH, batch.olderThan())
                                .compose(marked -> mark(abandoned, ABANDONED, ARRIVES_WITHIN))
                                .map(marked -> !deleted.isEmpty() || !abandoned.isEmpty())));
    }

    // Candidates of all users.
    private Future<List<UserRow>> find(String condition, String time, Duration age, Batch batch) {
        return database.acrossUsers()
                .query(
                        "SELECT user_id, id FROM files WHERE " + condition + " ORDER BY " + time
                                + ", id LIMIT #{limit}",
                        UserRow::of)
                .list(seconds(age).and("limit", batch.limit()));
    }

    // The condition is repeated, because a file may have been restored or finished meanwhile.
    private Future<Integer> mark(List<UserRow> files, String condition, Duration age) {
        return UserRow.eachUser(
                files,
                (user, ids) -> database.query("""
                    UPDATE files SET state = 'purged', deleted_at = now()
                     WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND\s""" + condition)
                        .within(Purge.LIMIT)
                        .run(seconds(age).and("user_id", user).and("ids", ids)));
    }

    private static Parameters seconds(Duration age) {
        return Parameters.of("seconds", (double) age.toSeconds());
    }
}
