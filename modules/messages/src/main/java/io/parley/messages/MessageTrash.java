package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL of messages on their way into the trash and out of it, while their conversation is alive. */
final class MessageTrash {
    private final Query<None> delete;
    private final Query<Message> restore;
    private final Query<Message> find;
    private final Listing<Message> list;
    private final Ownership ownership;

    MessageTrash(Database database) {
        delete = database.statement("""
            UPDATE messages m
               SET deleted_at = now(), updated_at = greatest(now(), m.updated_at + interval '1 microsecond')
              FROM live_conversations c
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
               AND c.id = m.conversation_id AND c.user_id = m.user_id
               AND (#{any_version} OR m.updated_at = ANY(#{versions}))
            RETURNING m.id
            """, row -> None.NONE);
        restore = database.statement("""
            UPDATE messages m
               SET deleted_at = NULL, updated_at = greatest(now(), m.updated_at + interval '1 microsecond')
              FROM live_conversations c
             WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NOT NULL
               AND c.id = m.conversation_id AND c.user_id = m.user_id
            RETURNING""" + " " + MessageStore.COLUMNS, MessageStore::message);
        find = database.statement("SELECT " + MessageStore.COLUMNS + MessageStore.LIVE + """
               AND m.id = #{id} AND m.user_id = #{user_id}
            """, MessageStore::message);
        list = new Listing<>(
                database,
                "SELECT " + MessageStore.COLUMNS + MessageStore.FROM_LIVE_CONVERSATIONS
                        + " WHERE m.deleted_at IS NOT NULL",
                "m.deleted_at",
                "m.id",
                MessageStore::message,
                message -> new Cursor(Objects.requireNonNull(message.deletedAt()), message.id()));
        ownership = MessageStore.ownership(database);
    }

    Future<None> delete(Messages.Delete command) {
        return delete.one(own(command.caller(), command.id()).versions(command.versions()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Message> restore(Messages.Restore command) {
        return restore.one(own(command.caller(), command.id()))
                .compose(restored ->
                        restored.isPresent() ? Future.succeededFuture(restored.get()) : alreadyAlive(command));
    }

    private Future<Message> alreadyAlive(Messages.Restore command) {
        return find.one(own(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Page<Message>> list(Messages.ListConversation query) {
        return list.page(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return list.page(MessageFilter.of(query), query.page());
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
