package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL that moves messages to the trash, restores them and lists them there, unless their conversation is deleted. */
final class MessageTrash {
    private final Database database;
    private final Ownership ownership;

    MessageTrash(Database database) {
        this.database = database;
        this.ownership = MessageRow.ownership(database);
    }

    Future<None> delete(Messages.Delete command) {
        return database.query("""
                UPDATE messages m
                   SET deleted_at = now(), updated_at = next_version(m.updated_at, now())
                  FROM live_conversations c
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND c.id = m.conversation_id AND c.user_id = m.user_id
                   AND (#{any_version} OR m.updated_at = ANY(#{versions}))
                RETURNING m.id
                """, row -> None.NONE)
                .one(rowOf(command.caller(), command.id()).versions(command.versions()))
                .compose(deleted -> ownership.require(deleted, command.caller(), command.id()));
    }

    Future<Message> restore(Messages.Restore command) {
        return database.query("""
                UPDATE messages m
                   SET deleted_at = NULL, updated_at = next_version(m.updated_at, now())
                  FROM live_conversations c
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NOT NULL
                   AND c.id = m.conversation_id AND c.user_id = m.user_id
                RETURNING""" + " " + MessageRow.COLUMNS, MessageRow::message)
                .one(rowOf(command.caller(), command.id()))
                .compose(restored ->
                        restored.isPresent() ? Future.succeededFuture(restored.get()) : findNotDeleted(command));
    }

    private Future<Message> findNotDeleted(Messages.Restore command) {
        return database.query("SELECT " + MessageRow.COLUMNS + MessageRow.LIVE + """
                   AND m.id = #{id} AND m.user_id = #{user_id}
                """, MessageRow::message)
                .one(rowOf(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Page<Message>> list(Messages.ListConversation query) {
        return list(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return list(MessageFilter.of(query), query.page());
    }

    private Future<Page<Message>> list(Conditions conditions, PageRequest page) {
        return new Listing<>(
                        database,
                        "SELECT " + MessageRow.COLUMNS + MessageRow.FROM_LIVE_CONVERSATIONS
                                + " WHERE m.deleted_at IS NOT NULL",
                        "m.deleted_at",
                        "m.id",
                        MessageRow::message,
                        MessageTrash::cursor)
                .page(conditions, page);
    }

    private static Cursor cursor(Message message) {
        return new Cursor(Objects.requireNonNull(message.deletedAt()), message.id());
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
