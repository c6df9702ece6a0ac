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

    /** More than a user stores in the minute for which room is kept if so much is left. */
    private static final Amount AMPLE = new Amount(100_000, 512L * 1024 * 1024);

    private final Database database;

    /**
     * @param at when the rows were counted
     * @param reservedAt when room was last reserved
     */
    record Counted(Amount amount, Instant at, Instant reservedAt) {}

    /** @param before what there was until then */
    record Reserved(Room room, Counted before) {}

    public StoredAmountStore(Database database) {
        this.database = database;
    }

    Future<Optional<Counted>> find(UUID userId) {
        return database.query(
                        "SELECT rows, bytes, counted_at, reserved_at FROM stored_amounts WHERE user_id = #{user_id}",
                        row -> new Counted(
                                amount(row), Rows.instant(row, "counted_at"), Rows.instant(row, "reserved_at")))
                .one(Parameters.of("user_id", userId));
    }

    /**
     * Returns nothing if there is not enough room, or if nothing was counted yet. Does not wait for the disk: what is then stored is
     * behind it in the write-ahead log.
     */
    Future<Optional<Reserved>> reserve(UUID userId, Amount need, Amount limit, Instant now) {
        return database.query(
                        """
                        UPDATE stored_amounts s
                           SET rows = s.rows + wanted.rows, bytes = s.bytes + wanted.bytes, reserved_at = #{now}
                          FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unawaited,
                               (SELECT greatest(#{rows}, least(#{block_rows}, (#{max_rows} - rows) / #{part})) AS rows,
                                       greatest(#{bytes}, least(#{block_bytes}, (#{max_bytes} - bytes) / #{part})) AS bytes,
                                       rows AS rows_before, bytes AS bytes_before, counted_at, reserved_at
                                  FROM stored_amounts WHERE user_id = #{user_id}) wanted
                         WHERE s.user_id = #{user_id}
                           AND (#{rows} = 0 OR s.rows + wanted.rows <= #{max_rows}) AND s.bytes + wanted.bytes <= #{max_bytes}
                        RETURNING wanted.*,
                                  s.rows <= #{max_rows} - #{ample_rows} AND s.bytes <= #{max_bytes} - #{ample_bytes} AS is_ample
                        """,
                        row -> new Reserved(
                                new Room(
                                        Rows.bigint(row, "rows"),
                                        Rows.bigint(row, "bytes"),
                                        Rows.flag(row, "is_ample")),
                                new Counted(
                                        new Amount(Rows.bigint(row, "rows_before"), Rows.bigint(row, "bytes_before")),
                                        Rows.instant(row, "counted_at"),
                                        Rows.instant(row, "reserved_at"))))
                .one(Parameters.of("user_id", userId)
                        .and("now", now)
                        .and("rows", need.rows())
                        .and("bytes", need.bytes())
                        .and("max_rows", limit.rows())
                        .and("max_bytes", limit.bytes())
                        .and("block_rows", BLOCK.rows())
                        .and("block_bytes", BLOCK.bytes())
                        .and("part", PART)
                        .and("ample_rows", AMPLE.rows())
                        .and("ample_bytes", AMPLE.bytes()));
    }

    /** Has no effect if the rows of the user were counted before. */
    Future<Void> insert(UUID userId, Amount counted, Instant now) {
        return database.query("""
                        INSERT INTO stored_amounts (user_id, rows, bytes, counted_at, reserved_at)
                        VALUES (#{user_id}, #{rows}, #{bytes}, #{now}, #{now})
                        ON CONFLICT (user_id) DO NOTHING
                        """).run(values(userId, counted, now)).mapEmpty();
    }

    /**
     * Puts what was counted in the place of what is settled; what was reserved since is added to it. Has no effect if the rows of the user
     * were counted meanwhile.
     *
     * @param countedAt when they were counted before
     */
    Future<Void> replace(UUID userId, Instant countedAt, Amount settled, Amount counted, Instant now) {
        return database.query("""
                        UPDATE stored_amounts
                           SET rows = rows - #{settled_rows} + #{rows}, bytes = bytes - #{settled_bytes} + #{bytes}, counted_at = #{now}
                         WHERE user_id = #{user_id} AND counted_at = #{counted_at}
                        """)
                .run(values(userId, counted, now)
                        .and("settled_rows", settled.rows())
                        .and("settled_bytes", settled.bytes())
                        .and("counted_at", countedAt))
                .mapEmpty();
    }

    private static Parameters values(UUID userId, Amount counted, Instant now) {
        return Parameters.of("user_id", userId)
                .and("rows", counted.rows())
                .and("bytes", counted.bytes())
                .and("now", now);
    }

    private static Amount amount(Row row) {
        return new Amount(Rows.bigint(row, "rows"), Rows.bigint(row, "bytes"));
    }
}
