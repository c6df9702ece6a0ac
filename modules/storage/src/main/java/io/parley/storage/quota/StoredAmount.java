package io.parley.storage.quota;

import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;

/** How much a user has in one table. */
public final class StoredAmount {
    private final Query<Amount> amount;

    /** @param table with a column {@code user_id} */
    public StoredAmount(Database database, String table) {
        this.amount = database.query(
                """
                SELECT count(*) AS rows, coalesce(sum(pg_column_size(t.*)), 0)::bigint AS bytes
                  FROM %s t
                 WHERE t.user_id = #{user_id}
                """.formatted(table), row -> new Amount(Rows.bigint(row, "rows"), Rows.bigint(row, "bytes")));
    }

    public Future<Amount> count(Stored.Count query) {
        return amount.only(Parameters.of("user_id", query.userId()));
    }
}
