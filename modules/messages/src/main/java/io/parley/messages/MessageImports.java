package io.parley.messages;

import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.contracts.messages.Messages.TakenId;
import io.parley.contracts.messages.Messages.TakenIds;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The SQL that stores imported messages, many in one statement. */
final class MessageImports {
    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "pk_messages", Problem.conflict("/id", "another message already has this id"),
            "fk_messages_conversation", Problem.notFound("conversation"));

    private final Database database;

    MessageImports(Database database) {
        this.database = database;
    }

    /** A parent that is neither among these messages nor stored already is dropped. */
    Future<None> insert(Messages.Import command) {
        return database.query("""
                INSERT INTO messages (id, conversation_id, user_id, parent_id, role, content, reasoning, token_count,
                                      model, tool_calls, tool_results, metadata, created_at, updated_at)
                SELECT p.id, c.id, c.user_id,
                       CASE WHEN p.parent_id = ANY(#{ids}::uuid[])
                              OR p.parent_id = ANY(ARRAY(
                                     SELECT m.id FROM messages m
                                      WHERE m.user_id = #{user_id}
                                        AND m.conversation_id IN (#{conversation_id}, #{target})
                                        AND m.id = ANY(#{parents}::uuid[])))
                            THEN p.parent_id END,
                       p.role, p.content, p.reasoning, p.token_count, p.model, p.tool_calls::jsonb, p.tool_results::jsonb,
                       p.metadata::jsonb, p.created_at, p.updated_at
                  FROM importing_conversations c,
                       unnest(#{ids}::uuid[], #{parents}::uuid[], #{roles}::text[], #{contents}::text[],
                              #{reasonings}::text[],
                              #{token_counts}::int[], #{models}::text[], #{tool_calls}::text[], #{tool_results}::text[],
                              #{metadata}::text[], #{created}::timestamptz[], #{updated}::timestamptz[])
                       AS p (id, parent_id, role, content, reasoning, token_count, model, tool_calls, tool_results, metadata,
                             created_at, updated_at)
                 WHERE c.id = #{conversation_id} AND c.user_id = #{user_id}
                """)
                .translating(CONSTRAINTS)
                .run(parameters(command))
                .map(inserted -> {
                    if (inserted == 0) throw Problem.notFound("conversation");
                    return None.NONE;
                });
    }

    Future<TakenIds> findTaken(Messages.ImportFind query) {
        return database.query("""
                SELECT id, conversation_id FROM messages WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[])
                """, row -> new TakenId(Rows.uuid(row, "id"), Rows.uuid(row, "conversation_id")))
                .list(Parameters.of("user_id", query.caller().userId())
                        .and("ids", query.ids().toArray(UUID[]::new)))
                .map(TakenIds::new);
    }

    // One statement, so that nobody sees a part of what an export adds.
    Future<None> move(Messages.ImportMove command) {
        return database.query("""
                UPDATE messages
                   SET conversation_id = #{to}
                 WHERE user_id = #{user_id} AND conversation_id = #{from}
                   AND EXISTS (SELECT FROM importing_conversations c WHERE c.user_id = #{user_id} AND c.id = #{from})
                """)
                .translating(CONSTRAINTS)
                .run(Parameters.of("user_id", command.caller().userId())
                        .and("from", command.from())
                        .and("to", command.to()))
                .map(moved -> {
                    if (moved == 0) throw Problem.conflict("", "The import took too long. Try again.");
                    return None.NONE;
                });
    }

    private static Parameters parameters(Messages.Import command) {
        var messages = command.messages();
        return Parameters.of("conversation_id", command.conversationId())
                .and("target", command.target())
                .and("user_id", command.caller().userId())
                .and("ids", column(messages, ImportedMessage::id, UUID[]::new))
                .and("parents", column(messages, message -> message.draft().parentId(), UUID[]::new))
                .and("roles", texts(messages, MessageImports::role))
                .and("contents", texts(messages, message -> message.draft().content()))
                .and("reasonings", texts(messages, ImportedMessage::reasoning))
                .and("token_counts", column(messages, message -> message.draft().tokenCount(), Integer[]::new))
                .and("models", texts(messages, message -> message.draft().model()))
                .and(
                        "tool_calls",
                        texts(messages, message -> text(message.draft().toolCalls())))
                .and(
                        "tool_results",
                        texts(messages, message -> text(message.draft().toolResults())))
                .and("metadata", texts(messages, MessageImports::metadata))
                .and("created", column(messages, message -> utc(message.createdAt()), OffsetDateTime[]::new))
                .and("updated", column(messages, message -> utc(message.updatedAt()), OffsetDateTime[]::new));
    }

    private static @Nullable String[] texts(
            List<ImportedMessage> messages, Function<ImportedMessage, @Nullable String> field) {
        return column(messages, field, String[]::new);
    }

    private static <T> @Nullable T[] column(
            List<ImportedMessage> messages,
            Function<ImportedMessage, @Nullable T> field,
            IntFunction<@Nullable T[]> newArray) {
        return messages.stream().map(field).toArray(newArray);
    }

    private static String role(ImportedMessage message) {
        return message.draft().role().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Json json) {
        return json == null ? null : json.text();
    }

    private static String metadata(ImportedMessage message) {
        var metadata = message.draft().metadata();
        return (metadata == null ? Json.EMPTY_OBJECT : metadata).text();
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
