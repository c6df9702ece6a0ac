package io.parley.files;

import io.parley.contracts.limits.Stored;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.keys.Seal;
import io.vertx.core.Future;

/** How much a user has stored in files; what is arriving counts as well, with the room that is kept for it. */
final class FileUsage {
    private final Database database;

    FileUsage(Database database) {
        this.database = database;
    }

    // The lengths of the chunks are known without reading them. What encryption adds to a chunk is not counted.
    Future<Amount> count(Stored.Count query) {
        return database.query("""
                    SELECT count(*) AS rows,
                           coalesce(sum(greatest(a.bytes, CASE WHEN f.state = 'arriving' THEN f.size END)), 0)::bigint AS bytes
                      FROM files f
                      LEFT JOIN (SELECT c.file_id,
                                        sum(coalesce(octet_length(c.data), octet_length(c.sealed) - #{overhead})) AS bytes
                                   FROM file_chunks c
                                  WHERE c.user_id = #{user_id}
                                  GROUP BY c.file_id) a ON a.file_id = f.id
                     WHERE f.user_id = #{user_id}
                    """, row -> new Amount(Rows.bigint(row, "rows"), Rows.bigint(row, "bytes")))
                .only(Parameters.of("user_id", query.userId()).and("overhead", Seal.OVERHEAD));
    }
}
