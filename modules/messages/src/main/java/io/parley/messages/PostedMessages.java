package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.kernel.Problem;
import io.parley.messages.branches.ConversationLock;
import io.parley.messages.branches.FollowingPlace;
import io.parley.messages.sealing.MessageTexts;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * The SQL that stores a posted message once, however often it is posted, and moves the conversation's current leaf to it. Both
 * happen in one statement under the lock of the conversation's row, so nothing can come in between, and the messages of a
 * conversation have different times in the order in which they were stored.
 */
final class PostedMessages {
    private static final String BELOW_THE_LEAF =
            "place AS (SELECT current_leaf AS parent_id, true AS moves FROM locked)";

    private static final String BELOW_THE_PARENT = """
        place AS (
            SELECT p.id AS parent_id, true AS moves FROM messages p
             WHERE p.user_id = #{user_id} AND p.conversation_id = #{conversation_id} AND p.id = #{parent_id}
               AND p.deleted_at IS NULL)
        """;

    private static final String FIRST = "place AS (SELECT NULL::uuid AS parent_id, true AS moves)";

    private static final String BELOW_THE_LAST_IF_CURRENT = """
        place AS (
            SELECT current_leaf AS parent_id, true AS moves FROM locked WHERE current_leaf = #{parent_id})
        """;

    private static final String STORE = """
        , stored AS (
            INSERT INTO messages AS m (id, conversation_id, user_id, parent_id, role, content, parts, reasoning,
                                       token_count, model, tool_calls, tool_results, metadata, sealed, state_provider,
                                       provider_state, sealed_state, created_at, updated_at)
            SELECT #{id}, locked.id, locked.user_id, place.parent_id, #{role}, #{content}, #{parts}::text::jsonb,
                   #{reasoning}, #{token_count}, #{model}, #{tool_calls}::text::jsonb, #{tool_results}::text::jsonb, #{metadata}::text::jsonb,
                   #{sealed}::bytea, #{state_provider}, #{provider_state}, #{sealed_state}::bytea,
                   next_version(locked.updated_at, now()), next_version(locked.updated_at, now())
              FROM locked, place
             WHERE locked.encrypted = (#{sealed}::bytea IS NOT NULL)
            ON CONFLICT DO NOTHING
            RETURNING m.id, m.conversation_id, m.user_id, m.parent_id, m.role, m.content, m.parts, m.reasoning,
                      m.token_count, m.model, m.tool_calls, m.tool_results, m.metadata, m.sealed, m.created_at, m.updated_at,
                      m.deleted_at, m.has_feedback),
        moved AS (
            UPDATE conversations c
               SET current_leaf = CASE WHEN place.moves THEN stored.id ELSE locked.current_leaf END,
                   has_branches = locked.has_branches OR stored.parent_id IS DISTINCT FROM locked.current_leaf,
                   updated_at = stored.created_at
              FROM locked, place, stored
             WHERE c.user_id = #{user_id} AND c.id = #{conversation_id}
            RETURNING c.has_branches)
        SELECT\s""" + MessageRow.columns("moved.has_branches") + " FROM stored m, moved";

    private static final String LOCKED_IF_LIVE = locked("c.deleted_at IS NULL");

    // The answer of a turn is not lost because its conversation is in the trash meanwhile.
    private static final String LOCKED_UNTIL_PURGED = locked("c.purged_at IS NULL");

    private static String locked(String condition) {
        return """
            locked AS MATERIALIZED (
                SELECT c.id, c.user_id, c.current_leaf, c.has_branches, c.updated_at, c.sealed IS NOT NULL AS encrypted
                  FROM conversations c
                 WHERE c.user_id = #{user_id} AND c.id = #{conversation_id} AND %s
                   FOR NO KEY UPDATE),
            """.formatted(condition);
    }

    private final Database database;
    private final MessageTexts texts;

    PostedMessages(Database database) {
        this.database = database;
        this.texts = new MessageTexts(database);
    }

    /**
     * Empty if nothing was stored: the caller has no such conversation, the parent is not a live message of it, or the id is
     * taken. Only what follows the last message of a turn is stored in the trash as well.
     */
    Future<Optional<Message>> insert(Messages.Post command) {
        return texts.write(
                command, () -> texts.add(command, parameters(command)).compose(values -> insert(command, values)));
    }

    private Future<Optional<Message>> insert(Messages.Post command, Parameters values) {
        return switch (command.placement()) {
            case AS_DRAFTED ->
                command.draft().parentId() == null
                        ? insert(LOCKED_IF_LIVE + BELOW_THE_LEAF, values)
                        : insert(LOCKED_IF_LIVE + BELOW_THE_PARENT, withParent(command, values));
            case FIRST -> insert(LOCKED_IF_LIVE + FIRST, values);
            case FOLLOWING -> follow(withParent(command, values));
        };
    }

    private Future<Optional<Message>> insert(String place, Parameters parameters) {
        return database.query("WITH " + place + STORE, MessageRow::message)
                .translating(MessageRow.CONSTRAINTS)
                .one(parameters);
    }

    // Nearly always nothing has happened since the last message, which the first statement finds out at once.
    private Future<Optional<Message>> follow(Parameters values) {
        return insert(LOCKED_UNTIL_PURGED + BELOW_THE_LAST_IF_CURRENT, values)
                .compose(stored -> stored.isPresent()
                        ? Future.succeededFuture(stored)
                        : database.query(
                                        "WITH RECURSIVE " + LOCKED_UNTIL_PURGED + FollowingPlace.PLACE + STORE,
                                        MessageRow::message)
                                .afterLocking(ConversationLock.OF_CONVERSATION)
                                .translating(MessageRow.CONSTRAINTS)
                                .one(values));
    }

    // A generated id identifies the request, so the message is the same even if it was updated since. An id that
    // was chosen by the client does not, so all fields are compared.
    /** Finds the message if the same one was posted before. */
    Future<Optional<Message>> findSame(Messages.Post command) {
        return command.draft().id() == null ? findByGeneratedId(command) : findByAllFields(command);
    }

    private Future<Optional<Message>> findByGeneratedId(Messages.Post command) {
        return database.query("SELECT " + MessageRow.COLUMNS_IN_CONVERSATION + """
                  FROM messages m
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                """, MessageRow::message)
                .one(inConversation(command).and("id", MessageTexts.id(command)));
    }

    private Future<Optional<Message>> findByAllFields(Messages.Post command) {
        return texts.isEncrypted(command)
                .compose(encrypted -> findByAllFields(
                                command, MessageTexts.addCompared(command, parameters(command), encrypted))
                        .map(found -> found.filter(message -> !encrypted || MessageTexts.equal(message, command))));
    }

    private Future<Optional<Message>> findByAllFields(Messages.Post command, Parameters values) {
        return database.query("SELECT " + MessageRow.JOINED_COLUMNS + visible(command) + """
                   AND m.id = #{id} AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                   AND m.role = #{role}
                   AND (#{any_parent} OR m.parent_id IS NOT DISTINCT FROM #{parent_id})
                   AND m.token_count IS NOT DISTINCT FROM #{token_count}
                   AND m.model IS NOT DISTINCT FROM #{model}
                   AND m.content IS NOT DISTINCT FROM #{content}
                   AND m.parts IS NOT DISTINCT FROM #{parts}::text::jsonb
                   AND m.tool_calls IS NOT DISTINCT FROM #{tool_calls}::text::jsonb
                   AND m.tool_results IS NOT DISTINCT FROM #{tool_results}::text::jsonb
                   AND m.metadata IS NOT DISTINCT FROM #{metadata}::text::jsonb
                """, MessageRow::message)
                .one(values.and("parent_id", command.draft().parentId()).and("any_parent", takesAnyParent(command)));
    }

    private static String visible(Messages.Post command) {
        return command.placement() == Placement.FOLLOWING ? MessageRow.NOT_PURGED : MessageRow.LIVE;
    }

    // A message without a parent in its request got the parent that was right when it was stored.
    private static boolean takesAnyParent(Messages.Post command) {
        return switch (command.placement()) {
            case AS_DRAFTED -> command.draft().parentId() == null;
            case FIRST -> false;
            case FOLLOWING -> true;
        };
    }

    /** Fails conflict if another message has the id, and invalid if there is no such parent. */
    Future<Message> refuse(Messages.Post command) {
        var idTaken = Problem.conflict("/id", "another message already has this id");
        if (command.draft().parentId() == null) return Future.failedFuture(idTaken);
        return hasParent(command).compose(found -> Future.failedFuture(found ? idTaken : MessageRow.noSuchParent()));
    }

    private Future<Boolean> hasParent(Messages.Post command) {
        return database.query("""
                SELECT p.id FROM messages p
                 WHERE p.user_id = #{user_id} AND p.conversation_id = #{conversation_id} AND p.id = #{parent_id}
                   AND p.deleted_at IS NULL
                """)
                .one(inConversation(command).and("parent_id", command.draft().parentId()))
                .map(Optional<Row>::isPresent);
    }

    private static Parameters withParent(Messages.Post command, Parameters values) {
        return values.and("parent_id", command.draft().parentId());
    }

    private static Parameters parameters(Messages.Post command) {
        MessageDraft draft = command.draft();
        return inConversation(command)
                .and("id", MessageTexts.id(command))
                .and("role", draft.role())
                .and("token_count", draft.tokenCount())
                .and("model", draft.model());
    }

    private static Parameters inConversation(Messages.Post command) {
        return Parameters.of("user_id", command.caller().userId()).and("conversation_id", command.conversationId());
    }
}
