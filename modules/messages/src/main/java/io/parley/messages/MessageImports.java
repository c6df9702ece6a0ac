package io.parley.messages;

import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
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

    /** A parent that is neither among these messages nor stored already counts as none. */
    Future<None> insert(Messages.Import command) {
        return database.query("""
                WITH given AS (
                    SELECT id,
                           CASE WHEN parent_id = ANY(#{ids}::uuid[])
                                  OR parent_id = ANY(ARRAY(
                                         SELECT m.id FROM messages m
                                          WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                                            AND m.id = ANY(#{parents}::uuid[])))
                                THEN parent_id END AS parent_id,
                           is_root AND parent_id IS NULL AS is_root,
                           lag(id) OVER (ORDER BY created_at, id) AS previous_id,
                           role, content, token_count, model, tool_calls, tool_results, metadata, created_at, updated_at
                      FROM unnest(#{ids}::uuid[], #{parents}::uuid[], #{roots}::boolean[], #{roles}::text[],
                                  #{contents}::text[], #{token_counts}::int[], #{models}::text[],
                                  #{tool_calls}::text[], #{tool_results}::text[], #{metadata}::text[],
                                  #{created}::timestamptz[], #{updated}::timestamptz[])
                           AS p (id, parent_id, is_root, role, content, token_count, model, tool_calls, tool_results,
                                 metadata, created_at, updated_at)),
                last AS (
                    SELECT m.id FROM messages m
                     WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                     ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
                INSERT INTO messages (id, conversation_id, user_id, parent_id, role, content, token_count, model,
                                      tool_calls, tool_results, metadata, created_at, updated_at)
                SELECT g.id, c.id, c.user_id,
                       CASE WHEN g.parent_id IS NOT NULL THEN g.parent_id
                            WHEN NOT g.is_root THEN coalesce(g.previous_id, last.id) END,
                       g.role, g.content, g.token_count, g.model, g.tool_calls::jsonb, g.tool_results::jsonb,
                       g.metadata::jsonb, g.created_at, g.updated_at
                  FROM importing_conversations c CROSS JOIN given g LEFT JOIN last ON true
                 WHERE c.id = #{conversation_id} AND c.user_id = #{user_id}
                """)
                .translating(CONSTRAINTS)
                .run(parameters(command))
                .map(inserted -> {
                    if (inserted == 0) throw Problem.notFound("conversation");
                    return None.NONE;
                });
    }

    private static Parameters parameters(Messages.Import command) {
        var messages = command.messages();
        return Parameters.of("conversation_id", command.conversationId())
                .and("user_id", command.caller().userId())
                .and("ids", column(messages, ImportedMessage::id, UUID[]::new))
                .and("parents", column(messages, message -> message.draft().parentId(), UUID[]::new))
                .and("roots", column(messages, ImportedMessage::isRoot, Boolean[]::new))
                .and("roles", texts(messages, MessageImports::role))
                .and("contents", texts(messages, message -> message.draft().content()))
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
