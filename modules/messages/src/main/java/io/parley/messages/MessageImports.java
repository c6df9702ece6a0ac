package io.parley.messages;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.ImportedMessages.TakenId;
import io.parley.contracts.messages.ImportedMessages.TakenIds;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.messages.branches.ConversationLock;
import io.parley.messages.sealing.ImportedTexts;
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
            "pk_messages", idTaken(),
            "pk_message_feedback", idTaken(),
            "fk_messages_conversation", Problem.notFound("conversation"));

    private final Database database;
    private final ImportedParents parents;
    private final ImportedTexts texts;

    MessageImports(Database database) {
        this.database = database;
        this.parents = new ImportedParents(database);
        this.texts = new ImportedTexts(database);
    }

    private static Problem idTaken() {
        return Problem.conflict("/id", "another message already has this id");
    }

    /** A parent that is neither among these messages nor stored already, in the target perhaps, counts as none. */
    Future<None> insert(ImportedMessages.Store command) {
        return parents.of(command)
                .compose(found -> texts.add(command, parameters(command, found)))
                .compose(this::insert)
                .compose(inserted -> inserted == 0
                        ? Future.failedFuture(Problem.notFound("conversation"))
                        : insertFeedback(command));
    }

    private Future<Integer> insert(Parameters values) {
        return database.query("""
                INSERT INTO messages (id, conversation_id, user_id, parent_id, role, content, parts, reasoning,
                                      token_count, model, tool_calls, tool_results, metadata, sealed, has_feedback, created_at, updated_at)
                SELECT p.id, c.id, c.user_id, p.parent_id, p.role, p.content, p.parts::jsonb, p.reasoning,
                       p.token_count, p.model, p.tool_calls::jsonb, p.tool_results::jsonb, p.metadata::jsonb, p.sealed,
                       p.role = 'assistant' AND p.rating IS NOT NULL, p.created_at, p.updated_at
                  FROM importing_conversations c
                 CROSS JOIN unnest(#{ids}::uuid[], #{parents}::uuid[], #{roles}::text[], #{contents}::text[],
                                   #{parts}::text[], #{reasonings}::text[], #{token_counts}::int[], #{models}::text[],
                                   #{tool_calls}::text[], #{tool_results}::text[], #{metadata}::text[],
                                   #{sealed}::bytea[], #{ratings}::text[], #{created}::timestamptz[],
                                   #{updated}::timestamptz[])
                       AS p (id, parent_id, role, content, parts, reasoning, token_count, model, tool_calls, tool_results,
                             metadata, sealed, rating, created_at, updated_at)
                 WHERE c.id = #{conversation_id} AND c.user_id = #{user_id} AND c.encrypted = #{encrypted}
                """).translating(CONSTRAINTS).run(values);
    }

    // In a statement of its own, because Citus writes to one table in a statement that computes its rows. Nobody sees
    // the messages yet, so what fails in between is removed with them.
    private Future<None> insertFeedback(ImportedMessages.Store command) {
        if (command.messages().stream().allMatch(message -> message.feedback() == null))
            return Future.succeededFuture(None.NONE);
        var rows = Parameters.of("user_id", command.caller().userId())
                .and("ids", column(command.messages(), ImportedMessage::id, UUID[]::new))
                .and("ratings", texts(command.messages(), MessageImports::rating));
        return texts.addComments(command, rows)
                .compose(values -> database.query("""
                INSERT INTO message_feedback (user_id, message_id, rating, comment, sealed)
                SELECT m.user_id, m.id, r.rating, r.comment, r.sealed
                  FROM unnest(#{ids}::uuid[], #{ratings}::text[], #{comments}::text[], #{sealed}::bytea[])
                       AS r (id, rating, comment, sealed)
                  JOIN messages m ON m.user_id = #{user_id} AND m.id = r.id
                 WHERE m.has_feedback AND r.rating IS NOT NULL
                """).run(values))
                .map(None.NONE);
    }

    Future<TakenIds> findTaken(ImportedMessages.Find query) {
        return database.query("""
                SELECT id, conversation_id FROM messages WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[])
                """, row -> new TakenId(Rows.uuid(row, "id"), Rows.uuid(row, "conversation_id")))
                .list(Parameters.of("user_id", query.caller().userId())
                        .and("ids", query.ids().toArray(UUID[]::new)))
                .map(TakenIds::new);
    }

    // One statement, so that nobody sees a part of what an export adds. Its other parts still see the
    // messages where they were.
    Future<None> move(ImportedMessages.Move command) {
        return database.query("""
                WITH RECURSIVE moved AS (
                    UPDATE messages
                       SET conversation_id = #{conversation_id}
                     WHERE user_id = #{user_id} AND conversation_id = #{from}
                       AND EXISTS (SELECT FROM importing_conversations c WHERE c.user_id = #{user_id} AND c.id = #{from})
                    RETURNING id),
                whole AS (
                    SELECT id, parent_id, created_at, deleted_at FROM messages
                     WHERE user_id = #{user_id} AND conversation_id IN (#{conversation_id}, #{from})),
                below (id, created_at, deleted_at) AS (
                    SELECT id, created_at, deleted_at FROM whole
                     WHERE id = coalesce(#{current_leaf}, (
                               SELECT current_leaf FROM conversations
                                WHERE user_id = #{user_id} AND id = #{conversation_id}))
                    UNION ALL
                    SELECT m.id, m.created_at, m.deleted_at
                      FROM below b JOIN messages m ON m.user_id = #{user_id} AND m.parent_id = b.id),
                leaf AS (
                    SELECT coalesce(
                        (SELECT id FROM below WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1),
                        (SELECT id FROM whole WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1)) AS id),
                followed AS (
                    UPDATE conversations c
                       SET current_leaf = leaf.id,
                           has_branches = c.has_branches OR (
                               SELECT count(*) > count(DISTINCT parent_id) + 1 FROM whole),
                           updated_at = CASE WHEN leaf.id IS DISTINCT FROM c.current_leaf
                                             THEN next_version(c.updated_at, c.updated_at) ELSE c.updated_at END
                      FROM leaf
                     WHERE c.user_id = #{user_id} AND c.id = #{conversation_id} AND EXISTS (SELECT FROM moved))
                SELECT id FROM moved
                """)
                .afterLocking(ConversationLock.OF_CONVERSATION)
                .translating(CONSTRAINTS)
                .list(Parameters.of("user_id", command.caller().userId())
                        .and("from", command.from())
                        .and("conversation_id", command.to())
                        .and("current_leaf", command.currentLeaf()))
                .map(moved -> {
                    if (moved.isEmpty()) throw Problem.conflict("", "The import took too long. Try again.");
                    return None.NONE;
                });
    }

    private static Parameters parameters(ImportedMessages.Store command, Map<UUID, UUID> parentOf) {
        var messages = command.messages();
        return Parameters.of("conversation_id", command.conversationId())
                .and("user_id", command.caller().userId())
                .and("ids", column(messages, ImportedMessage::id, UUID[]::new))
                .and("parents", column(messages, message -> parentOf.get(message.id()), UUID[]::new))
                .and("roles", texts(messages, MessageImports::role))
                .and("ratings", texts(messages, MessageImports::rating))
                .and("token_counts", column(messages, message -> message.draft().tokenCount(), Integer[]::new))
                .and("models", texts(messages, message -> message.draft().model()))
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

    private static @Nullable String rating(ImportedMessage message) {
        return message.feedback() == null
                ? null
                : message.feedback().rating().name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
