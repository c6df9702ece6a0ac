package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code messages}. */
final class MessageStore {
    static final String COLUMNS = """
        m.id, m.conversation_id, m.user_id, m.parent_id, m.role, m.content, m.token_count, m.model,
        m.tool_calls::text AS tool_calls, m.tool_results::text AS tool_results, m.metadata::text AS metadata,
        m.created_at, m.updated_at, m.deleted_at
        """;

    /** The messages of a conversation in the trash are not there. */
    static final String FROM_LIVE_CONVERSATIONS =
            " FROM messages m JOIN live_conversations c" + " ON c.id = m.conversation_id AND c.user_id = m.user_id";

    static final String LIVE = FROM_LIVE_CONVERSATIONS + " WHERE m.deleted_at IS NULL";

    // Where there is one conversation to look at it is looked up and not joined: for a join the planner would as soon
    // read all conversations of the user.
    private static final String LIVE_IN_ITS = """
         FROM messages m
        WHERE m.deleted_at IS NULL
          AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = m.user_id)
        """;
    static final String LIVE_IN_ONE = """
         FROM messages m
        WHERE m.deleted_at IS NULL
          AND (SELECT true FROM live_conversations c WHERE c.id = #{conversation_id} AND c.user_id = #{user_id})
        """;

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_messages_parent", Problem.invalid("/parent_id", "there is no such message in this conversation"),
            "fk_messages_conversation", Problem.notFound("conversation"),
            "ck_messages_content", Problem.invalid("/content", "must not be empty in a message without tool calls"));

    private final Query<Message> insert;
    private final Query<Message> findMade;
    private final Query<Message> findSame;
    private final Query<Message> find;
    private final Query<Message> update;
    private final Listing<Message> listMine;
    private final Listing<Message> listOne;
    private final Ownership ownership;

    MessageStore(Database database) {
        insert = database.statement("""
            INSERT INTO messages AS m (id, conversation_id, user_id, parent_id, role, content, token_count, model,
                                       tool_calls, tool_results, metadata, created_at, updated_at)
            VALUES (#{id}, #{conversation_id}, #{user_id}, #{parent_id}, #{role}, #{content}, #{token_count}, #{model},
                    #{tool_calls}::text::jsonb, #{tool_results}::text::jsonb, #{metadata}::text::jsonb, #{at}, #{at})
            ON CONFLICT DO NOTHING
            RETURNING""" + " " + COLUMNS, MessageStore::message).translating(CONSTRAINTS);
        findMade = database.statement("SELECT " + COLUMNS + """
              FROM messages m
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
            """, MessageStore::message);
        findSame = database.statement("SELECT " + COLUMNS + LIVE + """
               AND m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
               AND m.role = #{role}
               AND m.parent_id IS NOT DISTINCT FROM #{parent_id}
               AND m.content IS NOT DISTINCT FROM #{content}
               AND m.token_count IS NOT DISTINCT FROM #{token_count}
               AND m.model IS NOT DISTINCT FROM #{model}
               AND m.tool_calls IS NOT DISTINCT FROM #{tool_calls}::text::jsonb
               AND m.tool_results IS NOT DISTINCT FROM #{tool_results}::text::jsonb
               AND m.metadata = #{metadata}::text::jsonb
            """, MessageStore::message);
        find = database.statement("SELECT " + COLUMNS + LIVE_IN_ITS + """
               AND m.id = #{id} AND m.user_id = #{user_id}
            """, MessageStore::message)
                .batched();
        update = database.statement("""
            UPDATE messages m
               SET content = CASE WHEN #{sets_content} THEN #{content} ELSE content END,
                   token_count = CASE WHEN #{sets_token_count} THEN #{token_count} ELSE token_count END,
                   model = CASE WHEN #{sets_model} THEN #{model} ELSE model END,
                   metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}') ELSE metadata END,
                   updated_at = greatest(now(), m.updated_at + interval '1 microsecond')
              FROM live_conversations c
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
               AND c.id = m.conversation_id AND c.user_id = m.user_id
               AND (#{any_version} OR m.updated_at = ANY(#{versions}))
            RETURNING""" + " " + COLUMNS, MessageStore::message).translating(CONSTRAINTS);
        listMine = listing(database, "SELECT " + COLUMNS + LIVE);
        listOne = listing(database, "SELECT " + COLUMNS + LIVE_IN_ONE);
        ownership = ownership(database);
    }

    static Listing<Message> listing(Database database, String select) {
        return new Listing<>(
                database,
                select,
                "m.created_at",
                "m.id",
                MessageStore::message,
                message -> new Cursor(message.createdAt(), message.id()));
    }

    /** Fails conflict where the id is taken by a message that is not the same. */
    Future<Message> insert(Messages.Post command, Instant at) {
        var id =
                command.draft().id() == null ? command.newId() : command.draft().id();
        return insert.one(parameters(id, command).and("at", at))
                .compose(inserted -> inserted.isPresent() ? Future.succeededFuture(inserted) : same(id, command))
                .map(MessageStore::insertedOrSame);
    }

    // Under an id that was made for it, it is the same whatever has become of it; a client may have taken any id.
    private Future<Optional<Message>> same(UUID id, Messages.Post command) {
        return command.draft().id() == null
                ? findMade.one(own(command.caller(), id).and("conversation_id", command.conversationId()))
                : findSame.one(parameters(id, command));
    }

    Future<Message> find(Messages.Find query) {
        return find.one(own(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<Message>> list(Messages.ListConversation query) {
        return listOne.page(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return listMine.page(MessageFilter.of(query), query.page());
    }

    Future<Message> update(Messages.Update command) {
        var patch = command.patch();
        return update.one(own(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("content", patch.content())
                        .patch("token_count", patch.tokenCount())
                        .patch("model", patch.model())
                        .patch("metadata", patch.metadata()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    private static Parameters parameters(UUID id, Messages.Post command) {
        var draft = command.draft();
        return Parameters.of("id", id)
                .and("conversation_id", command.conversationId())
                .and("user_id", command.caller().userId())
                .and("parent_id", draft.parentId())
                .and("role", draft.role())
                .and("content", draft.content())
                .and("token_count", draft.tokenCount())
                .and("model", draft.model())
                .and("tool_calls", draft.toolCalls())
                .and("tool_results", draft.toolResults())
                .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata());
    }

    private static Message insertedOrSame(Optional<Message> message) {
        return message.orElseThrow(() -> Problem.conflict("/id", "there is another message with this id"));
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    static Message message(Row row) {
        return new Message(
                row.getUUID("id"),
                row.getUUID("conversation_id"),
                row.getUUID("user_id"),
                row.getUUID("parent_id"),
                Rows.choice(row, "role", Role.class),
                row.getString("content"),
                row.getInteger("token_count"),
                row.getString("model"),
                Rows.nullableJson(row, "tool_calls"),
                Rows.nullableJson(row, "tool_results"),
                Rows.json(row, "metadata"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    /** Why a statement that names a message met none. */
    static Ownership ownership(Database database) {
        return new Ownership(database, "message", """
            SELECT m.user_id, m.deleted_at IS NULL AND c.id IS NOT NULL AS live
              FROM messages m LEFT JOIN live_conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id
             WHERE m.id = #{id}
            """);
    }
}
