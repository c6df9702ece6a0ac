package io.parley.storage.sealing;

import io.parley.contracts.search.Search.FindUnsearched;
import io.parley.contracts.search.Search.Unsearched;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;

/** Counts a user's encrypted rows of one table, which no search finds. */
public final class UnsearchedRows {
    private final UserKeys keys;
    private final Query<Unsearched> query;

    /** @param table with an index for this */
    public UnsearchedRows(Database database, String table) {
        this.keys = database.keys();
        this.query = database.query(
                "SELECT count(*) AS count FROM " + table + """
                 WHERE user_id = #{user_id} AND sealed IS NOT NULL AND deleted_at IS NULL
                """, row -> new Unsearched(Rows.bigint(row, "count")));
    }

    public Future<Unsearched> count(FindUnsearched request) {
        var userId = request.caller().userId();
        return keys.find(userId)
                .compose(key -> key.isPresent()
                        ? query.only(Parameters.of("user_id", userId))
                        : Future.succeededFuture(Unsearched.NONE));
    }
}
