package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL that creates, finds, lists and updates messages. */
final class MessageStore {
    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_messages_parent", Problem.invalid("/parent_id", "must be a message of the same conversation"),
            "fk_messages_conversation", Problem.notFound("conversation"),
            "ck_messages_content", Problem.invalid("/content", "must not be empty in a message without tool calls"));

    private final Database database;
    private final Ownership ownership;

    MessageStore(Database database) {
        this.database = database;
        this.ownership = MessageRow.ownership(database);
    }

    /** Returns the stored message if the same one was posted before; fails conflict if another message has its id. */
    Future<Message> insert(Messages.Post command, Instant createdAt) {
        var draft = command.draft();
        var id = draft.id() == null ? command.newId() : draft.id();
        return database.query("""
                INSERT INTO messages AS m (id, conversation_id, user_id, parent_id, role, content, token_count, model,
                                           tool_calls, tool_results, metadata, created_at, updated_at)
                VALUES (#{id}, #{conversation_id}, #{user_id}, #{parent_id}, #{role}, #{content}, #{token_count},
                        #{model}, #{tool_calls}::text::jsonb, #{tool_results}::text::jsonb, #{metadata}::text::jsonb,
                        #{created_at}, #{created_at})
                ON CONFLICT DO NOTHING
                RETURNING""" + " " + MessageRow.COLUMNS, MessageRow::message)
                .translating(CONSTRAINTS)
                .one(parameters(id, command).and("created_at", createdAt))
                .compose(inserted -> inserted.isPresent() ? Future.succeededFuture(inserted) : findSame(id, command))
                .map(message ->
                        message.orElseThrow(() -> Problem.conflict("/id", "another message already has this id")));
    }

    // A generated id identifies the request, so the message is the same whatever was updated since. An id that the
    // client
    // chose does not, so all fields are compared.
    private Future<Optional<Message>> findSame(UUID id, Messages.Post command) {
        return command.draft().id() == null ? findByGeneratedId(id, command) : findByAllFields(id, command);
    }

    private Future<Optional<Message>> findByGeneratedId(UUID id, Messages.Post command) {
        return database.query("SELECT " + MessageRow.COLUMNS + """
                  FROM messages m
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                """, MessageRow::message)
                .one(own(command.caller(), id).and("conversation_id", command.conversationId()));
    }

    private Future<Optional<Message>> findByAllFields(UUID id, Messages.Post command) {
        return database.query("SELECT " + MessageRow.COLUMNS + MessageRow.LIVE + """
                   AND m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                   AND m.role = #{role}
                   AND m.parent_id IS NOT DISTINCT FROM #{parent_id}
                   AND m.content IS NOT DISTINCT FROM #{content}
                   AND m.token_count IS NOT DISTINCT FROM #{token_count}
                   AND m.model IS NOT DISTINCT FROM #{model}
                   AND m.tool_calls IS NOT DISTINCT FROM #{tool_calls}::text::jsonb
                   AND m.tool_results IS NOT DISTINCT FROM #{tool_results}::text::jsonb
                   AND m.metadata = #{metadata}::text::jsonb
                """, MessageRow::message)
                .one(parameters(id, command));
    }

    // The conversation is looked up in a subquery, because the planner may read all conversations of the user for a
    // join.
    Future<Message> find(Messages.Find query) {
        return database.query("SELECT " + MessageRow.COLUMNS + """
                  FROM messages m
                 WHERE m.deleted_at IS NULL
                   AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = m.user_id)
                   AND m.id = #{id} AND m.user_id = #{user_id}
                """, MessageRow::message)
                .batched()
                .one(own(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<Message>> list(Messages.ListConversation query) {
        return listing("SELECT " + MessageRow.COLUMNS + MessageRow.LIVE_IN_CONVERSATION)
                .page(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return listing("SELECT " + MessageRow.COLUMNS + MessageRow.LIVE).page(MessageFilter.of(query), query.page());
    }

    private Listing<Message> listing(String select) {
        return new Listing<>(database, select, "m.created_at", "m.id", MessageRow::message, MessageRow::cursor);
    }

    Future<Message> update(Messages.Update command) {
        var patch = command.patch();
        return database.query("""
                UPDATE messages m
                   SET content = CASE WHEN #{sets_content} THEN #{content} ELSE content END,
                       token_count = CASE WHEN #{sets_token_count} THEN #{token_count} ELSE token_count END,
                       model = CASE WHEN #{sets_model} THEN #{model} ELSE model END,
                       metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}')
                                       ELSE metadata END,
                       updated_at = greatest(now(), m.updated_at + interval '1 microsecond')
                  FROM live_conversations c
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND c.id = m.conversation_id AND c.user_id = m.user_id
                   AND (#{any_version} OR m.updated_at = ANY(#{versions}))
                RETURNING""" + " " + MessageRow.COLUMNS, MessageRow::message)
                .translating(CONSTRAINTS)
                .one(own(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("content", patch.content())
                        .patch("token_count", patch.tokenCount())
                        .patch("model", patch.model())
                        .patch("metadata", patch.metadata()))
                .compose(updated -> ownership.require(updated, command.caller(), command.id()));
    }

    private static Parameters parameters(UUID id, Messages.Post command) {
        var draft = command.draft();
        return own(command.caller(), id)
                .and("conversation_id", command.conversationId())
                .and("parent_id", draft.parentId())
                .and("role", draft.role())
                .and("content", draft.content())
                .and("token_count", draft.tokenCount())
                .and("model", draft.model())
                .and("tool_calls", draft.toolCalls())
                .and("tool_results", draft.toolResults())
                .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata());
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
