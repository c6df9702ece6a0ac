package io.parley.messages;

import io.parley.contracts.Analytics.ConversationStats;
import io.parley.contracts.Analytics.Count;
import io.parley.contracts.Analytics.DateRange;
import io.parley.contracts.Analytics.FindConversationStats;
import io.parley.contracts.Analytics.Usage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SQL that counts messages and their tokens. */
final class MessageUsage {
    private record RoleStats(
            String role,
            long messages,
            long tokens,
            @Nullable Instant first,
            @Nullable Instant last) {}

    private final Database database;

    MessageUsage(Database database) {
        this.database = database;
    }

    // The first part is an index-only scan of the index on role and time, the second one of the
    // index on counted tokens.
    Future<Usage> usage(DateRange range) {
        return database.query("""
                SELECT date_trunc(#{bucket}, m.created_at, 'UTC') AS bucket, m.role AS what, NULL AS model,
                       count(*) AS count
                  FROM messages m
                 WHERE m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND m.created_at >= #{from} AND m.created_at < #{to}
                   AND NOT EXISTS (
                       SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = m.conversation_id)
                 GROUP BY 1, 2
                UNION ALL
                SELECT date_trunc(#{bucket}, m.created_at, 'UTC'), 'tokens', m.model, sum(m.token_count)
                  FROM messages m
                 WHERE m.user_id = #{user_id} AND m.deleted_at IS NULL AND m.token_count IS NOT NULL
                   AND m.created_at >= #{from} AND m.created_at < #{to}
                   AND NOT EXISTS (
                       SELECT FROM deleted_conversations c WHERE c.user_id = #{user_id} AND c.id = m.conversation_id)
                 GROUP BY 1, 3
                 ORDER BY 1, 2, 3
                """, MessageUsage::count)
                .list(Parameters.of("user_id", range.caller().userId())
                        .and("from", range.from())
                        .and("to", range.to())
                        .and("bucket", range.bucket()))
                .map(Usage::new);
    }

    Future<ConversationStats> conversationStats(FindConversationStats query) {
        return database.query("""
                SELECT role, count(*) AS messages, coalesce(sum(token_count), 0)::bigint AS tokens,
                       min(created_at) AS first, max(created_at) AS last
                  FROM messages
                 WHERE conversation_id = #{conversation_id} AND user_id = #{user_id} AND deleted_at IS NULL
                 GROUP BY role
                """, MessageUsage::roleStats)
                .list(Parameters.of("conversation_id", query.conversationId())
                        .and("user_id", query.caller().userId()))
                .map(MessageUsage::sum);
    }

    private static ConversationStats sum(List<RoleStats> roles) {
        var messages = new TreeMap<String, Long>();
        long tokens = 0;
        @Nullable Instant first = null;
        @Nullable Instant last = null;
        for (var role : roles) {
            messages.put(role.role(), role.messages());
            tokens += role.tokens();
            if (first == null || (role.first() != null && role.first().isBefore(first))) first = role.first();
            if (last == null || (role.last() != null && role.last().isAfter(last))) last = role.last();
        }
        return new ConversationStats(messages, tokens, first, last);
    }

    private static Count count(Row row) {
        return new Count(
                Rows.instant(row, "bucket"),
                Rows.text(row, "what"),
                Rows.nullableText(row, "model"),
                Rows.bigint(row, "count"));
    }

    private static RoleStats roleStats(Row row) {
        return new RoleStats(
                Rows.text(row, "role"),
                Rows.bigint(row, "messages"),
                Rows.bigint(row, "tokens"),
                Rows.nullableInstant(row, "first"),
                Rows.nullableInstant(row, "last"));
    }
}
