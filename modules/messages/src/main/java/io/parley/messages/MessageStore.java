package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.UUID;

/** The SQL that finds, lists and updates messages. */
final class MessageStore {
    private final Database database;
    private final Ownership ownership;

    MessageStore(Database database) {
        this.database = database;
        this.ownership = MessageRow.ownership(database);
    }

    // The conversation is looked up in a subquery, because the planner may read all conversations of the user for a
    // join.
    Future<Message> find(Messages.Find query) {
        return database.query("SELECT " + MessageRow.COLUMNS + """
                  FROM messages m
                 WHERE m.deleted_at IS NULL
                   AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = #{user_id})
                   AND m.id = #{id} AND m.user_id = #{user_id}
                """, MessageRow::message)
                .batched()
                .one(rowOf(query.caller(), query.id()))
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
                       updated_at = next_version(m.updated_at, now())
                  FROM live_conversations c
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND c.id = m.conversation_id AND c.user_id = m.user_id
                   AND (#{any_version} OR m.updated_at = ANY(#{versions}))
                RETURNING""" + " " + MessageRow.COLUMNS, MessageRow::message)
                .translating(MessageRow.CONSTRAINTS)
                .one(rowOf(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("content", patch.content())
                        .patch("token_count", patch.tokenCount())
                        .patch("model", patch.model())
                        .patch("metadata", patch.metadata()))
                .compose(updated -> ownership.require(updated, command.caller(), command.id()));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
