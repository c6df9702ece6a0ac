package io.parley.audit;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.AuditedEvent;
import io.parley.contracts.audit.OwnSecurityEvent;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;

/** The SQL that reads the table {@code security_events}, in the order of its numbers. */
final class AuditStore {
    private static final String CONDITIONS = """
           AND (#{type}::text IS NULL OR type = #{type} OR starts_with(type, #{type} || '.'))
           AND (#{from}::timestamptz IS NULL OR at >= #{from})
           AND (#{to}::timestamptz IS NULL OR at < #{to})
        """;

    private final Database database;

    AuditStore(Database database) {
        this.database = database;
    }

    Future<Page<OwnSecurityEvent>> listOwn(Audit.ListOwn query) {
        return page(
                database,
                """
                SELECT seq, at, type, ip, user_agent, session_id, detail
                  FROM security_events
                 WHERE user_id = #{user_id}
                """,
                Parameters.of("user_id", query.caller().userId()),
                query.period(),
                query.page(),
                AuditStore::own,
                event -> position(event.createdAt(), event.seq()));
    }

    Future<Page<AuditedEvent>> list(Audit.ListAll query) {
        var parameters = Parameters.of("user_id", query.userId())
                .and("actor_id", query.actorId())
                .and("ip", query.ip());
        return page(
                database.acrossUsers(),
                """
                SELECT user_id, seq, at, type, actor_id, ip, user_agent, session_id, detail, hash
                  FROM security_events
                 WHERE (#{user_id}::uuid IS NULL OR user_id = #{user_id})
                   AND (#{actor_id}::uuid IS NULL OR actor_id = #{actor_id})
                   AND (#{ip}::text IS NULL OR ip = #{ip})
                """,
                parameters,
                query.period(),
                query.page(),
                AuditStore::audited,
                event -> position(event.createdAt(), event.seq()));
    }

    // Planned each time: the best plan depends on which conditions there are.
    private <T extends Record> Future<Page<T>> page(
            Database connections,
            String select,
            Parameters parameters,
            Audit.Period period,
            PageRequest request,
            Function<Row, T> row,
            Function<T, Cursor> position) {
        boolean ascending = request.order() == PageRequest.Order.ASC;
        var order = ascending
                ? " AND seq > #{after} ORDER BY seq ASC LIMIT #{limit}"
                : " AND seq < #{after} ORDER BY seq DESC LIMIT #{limit}";
        long start = ascending ? 0 : Long.MAX_VALUE;
        var cursor = request.cursor();
        return connections
                .queryWithCustomPlan(select + CONDITIONS + order, row)
                .list(parameters
                        .and("type", period.type())
                        .and("from", period.from())
                        .and("to", period.to())
                        .and("after", cursor == null ? start : cursor.id().getLeastSignificantBits())
                        .and("limit", request.limit() + 1))
                .map(rows -> Page.of(rows, request.limit(), position));
    }

    // Only the number counts.
    private static Cursor position(Instant at, long seq) {
        return new Cursor(at, new UUID(0, seq));
    }

    private static OwnSecurityEvent own(Row row) {
        return new OwnSecurityEvent(
                Rows.bigint(row, "seq"),
                Rows.instant(row, "at"),
                Rows.text(row, "type"),
                Rows.nullableText(row, "ip"),
                Rows.nullableText(row, "user_agent"),
                Rows.nullableUuid(row, "session_id"),
                Rows.nullableJson(row, "detail"));
    }

    private static AuditedEvent audited(Row row) {
        return new AuditedEvent(
                Rows.bigint(row, "seq"),
                Rows.instant(row, "at"),
                Rows.text(row, "type"),
                Rows.nullableUuid(row, "actor_id"),
                Rows.nullableUuid(row, "user_id"),
                Rows.nullableText(row, "ip"),
                Rows.nullableText(row, "user_agent"),
                Rows.nullableUuid(row, "session_id"),
                Rows.nullableJson(row, "detail"),
                HexFormat.of().formatHex(Rows.bytes(row, "hash")));
    }
}
