package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The SQL that stores a posted message once, however often it is posted. */
final class PostedMessages {
    private static final String INSERT = """
        INSERT INTO messages AS m (id, conversation_id, user_id, parent_id, role, content, reasoning, token_count,
                                   model, tool_calls, tool_results, metadata, state_provider, provider_state,
                                   created_at, updated_at)
        """;

    private static final String FIELDS = """
        #{role}, #{content}, #{reasoning}, #{token_count}, #{model}, #{tool_calls}::text::jsonb,
        #{tool_results}::text::jsonb, #{metadata}::text::jsonb, #{state_provider}, #{provider_state}, #{created_at},
        #{created_at}
        """;

    private static final String UNLESS_STORED = " ON CONFLICT DO NOTHING RETURNING " + MessageRow.COLUMNS;

    private final Database database;

    PostedMessages(Database database) {
        this.database = database;
    }

    /** Returns the stored message if the same one was posted before; fails conflict if another message has its id. */
    Future<Message> insert(Messages.Post command, Instant createdAt) {
        var parameters = insertedParameters(command, createdAt);
        return (command.draft().parentId() == null ? insertRoot(parameters) : insertReply(parameters))
                .compose(inserted -> inserted.isPresent() ? Future.succeededFuture(inserted) : findSame(command))
                .compose(message -> message.map(Future::succeededFuture).orElseGet(() -> refuse(command)));
    }

    private Future<Optional<Message>> insertRoot(Parameters parameters) {
        return insert("VALUES (#{id}, #{conversation_id}, #{user_id}, #{parent_id}, " + FIELDS + ")", parameters);
    }

    // Nothing is inserted unless the parent is a message of the same conversation. The user is taken from the
    // parent, so that a distributed database sees that both rows are in the same place.
    private Future<Optional<Message>> insertReply(Parameters parameters) {
        return insert("SELECT #{id}, p.conversation_id, p.user_id, p.id, " + FIELDS + """
                  FROM messages p
                 WHERE p.user_id = #{user_id} AND p.conversation_id = #{conversation_id} AND p.id = #{parent_id}
                """, parameters);
    }

    private Future<Optional<Message>> insert(String values, Parameters parameters) {
        return database.query(INSERT + values + UNLESS_STORED, MessageRow::message)
                .translating(MessageRow.CONSTRAINTS)
                .one(parameters);
    }

    // A generated id identifies the request, so the message is the same even if it was updated since. An id that
    // was chosen by the client does not, so all fields are compared.
    private Future<Optional<Message>> findSame(Messages.Post command) {
        return command.draft().id() == null ? findByGeneratedId(command) : findByAllFields(command);
    }

    private Future<Optional<Message>> findByGeneratedId(Messages.Post command) {
        return database.query("SELECT " + MessageRow.COLUMNS + """
                  FROM messages m
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                """, MessageRow::message)
                .one(inConversation(command).and("id", id(command)));
    }

    private Future<Optional<Message>> findByAllFields(Messages.Post command) {
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
                .one(parameters(command));
    }

    private Future<Message> refuse(Messages.Post command) {
        var idTaken = Problem.conflict("/id", "another message already has this id");
        if (command.draft().parentId() == null) return Future.failedFuture(idTaken);
        return hasParent(command).compose(found -> Future.failedFuture(found ? idTaken : MessageRow.noSuchParent()));
    }

    private Future<Boolean> hasParent(Messages.Post command) {
        return database.query("""
                SELECT p.id FROM messages p
                 WHERE p.user_id = #{user_id} AND p.conversation_id = #{conversation_id} AND p.id = #{parent_id}
                """)
                .one(inConversation(command).and("parent_id", command.draft().parentId()))
                .map(Optional<Row>::isPresent);
    }

    private static Parameters insertedParameters(Messages.Post command, Instant createdAt) {
        var state = command.providerState();
        return parameters(command)
                .and("reasoning", command.reasoning())
                .and("state_provider", state == null ? null : state.provider())
                .and("provider_state", state == null ? null : state.state().text())
                .and("created_at", createdAt);
    }

    private static Parameters parameters(Messages.Post command) {
        MessageDraft draft = command.draft();
        return inConversation(command)
                .and("id", id(command))
                .and("parent_id", draft.parentId())
                .and("role", draft.role())
                .and("content", draft.content())
                .and("token_count", draft.tokenCount())
                .and("model", draft.model())
                .and("tool_calls", draft.toolCalls())
                .and("tool_results", draft.toolResults())
                .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata());
    }

    private static Parameters inConversation(Messages.Post command) {
        return Parameters.of("user_id", command.caller().userId()).and("conversation_id", command.conversationId());
    }

    private static UUID id(Messages.Post command) {
        var chosen = command.draft().id();
        return chosen == null ? command.newId() : chosen;
    }
}
