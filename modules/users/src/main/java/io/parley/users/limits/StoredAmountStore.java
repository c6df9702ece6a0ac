package io.parley.users.limits;

import io.parley.contracts.limits.Quotas.Room;
import io.parley.contracts.limits.Stored.Amount;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code stored_amounts}. */
public final class StoredAmountStore {
    /** At most so much is reserved beyond what is needed, and at most this part of what is left. */
    private static final Amount BLOCK = new Amount(100, 1024 * 1024);

    private static final long PART = 20;

    private final Database database;

    /** @param at when the rows were counted */
    record Counted(Amount amount, Instant at) {}

    public StoredAmountStore(Database database) {
        this.database = database;
    }

    Future<Optional<Counted>> find(UUID userId) {
        return database.query(
                        "SELECT rows, bytes, counted_at FROM stored_amounts WHERE user_id = #{user_id}",
                        row -> new Counted(amount(row), Rows.instant(row, "counted_at")))
                .one(Parameters.of("user_id", userId));
    }

    /** Returns nothing if there is not enough room, or if nothing was counted yet. */
    Future<Optional<Room>> reserve(UUID userId, Amount need, Amount limit) {
        return database.query("""
                        UPDATE stored_amounts s
                           SET rows = s.rows + wanted.rows, bytes = s.bytes + wanted.bytes
                          FROM (SELECT greatest(#{rows}, least(#{block_rows}, (#{max_rows} - rows) / #{part})) AS rows,
                                       greatest(#{bytes}, least(#{block_bytes}, (#{max_bytes} - bytes) / #{part})) AS bytes
                                  FROM stored_amounts WHERE user_id = #{user_id}) wanted
                         WHERE s.user_id = #{user_id}
                           AND (#{rows} = 0 OR s.rows + wanted.rows <= #{max_rows}) AND s.bytes + wanted.bytes <= #{max_bytes}
                        RETURNING wanted.rows, wanted.bytes
                        """, row -> new Room(Rows.bigint(row, "rows"), Rows.bigint(row, "bytes")))
                .one(Parameters.of("user_id", userId)
                        .and("rows", need.rows())
                        .and("bytes", need.bytes())
                        .and("max_rows", limit.rows())
                        .and("max_bytes", limit.bytes())
                        .and("block_rows", BLOCK.rows())
                        .and("block_bytes", BLOCK.bytes())
                        .and("part", PART));
    }

    Future<Void> set(UUID userId, Counted counted) {
        return database.query("""
                        INSERT INTO stored_amounts (user_id, rows, bytes, counted_at)
                        VALUES (#{user_id}, #{rows}, #{bytes}, #{counted_at})
                        ON CONFLICT (user_id)
                        DO UPDATE SET rows = EXCLUDED.rows, bytes = EXCLUDED.bytes, counted_at = EXCLUDED.counted_at
                        """)
                .run(Parameters.of("user_id", userId)
                        .and("rows", counted.amount().rows())
                        .and("bytes", counted.amount().bytes())
                        .and("counted_at", counted.at()))
                .mapEmpty();
    }

    private static Amount amount(Row row) {
        return new Amount(Rows.bigint(row, "rows"), Rows.bigint(row, "bytes"));
    }
}
