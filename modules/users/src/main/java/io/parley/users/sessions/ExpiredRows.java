package io.parley.users.sessions;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;

/** Deletes rows page by page: it picks rows of any users without a lock, then deletes those of one user after the other. */
public final class ExpiredRows {
    private static final int PAGE_ROWS = 1_000;

    private final Database database;

    public ExpiredRows(Database database) {
        this.database = database;
    }

    /**
     * Returns the number of deleted rows.
     *
     * @param candidates selects {@code user_id} and {@code id} of {@code #{limit}} rows
     * @param deletion of the rows {@code #{ids}} of {@code #{user_id}}
     */
    public Future<Integer> delete(String candidates, String deletion) {
        return database.acrossUsers()
                .query(candidates, UserRow::of)
                .list(Parameters.of("limit", PAGE_ROWS))
                .compose(rows -> UserRow.eachUser(
                                rows,
                                (user, ids) -> database.query(deletion)
                                        .run(Parameters.of("user_id", user).and("ids", ids)))
                        .compose(deleted -> rows.size() < PAGE_ROWS
                                ? Future.succeededFuture(deleted)
                                : delete(candidates, deletion).map(further -> deleted + further)));
    }
}
