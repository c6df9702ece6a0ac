package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL of conversations on their way into the trash and out of it. What is being purged is not there any more. */
final class ConversationTrash {
    private final Query<None> delete;
    private final Query<Conversation> restore;
    private final Query<Conversation> find;
    private final Listing<Conversation> list;
    private final Ownership ownership;

    ConversationTrash(Database database) {
        delete = database.statement("""
            UPDATE conversations
               SET deleted_at = now(), updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
               AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING id
            """, row -> None.NONE);
        restore = database.statement("""
            UPDATE conversations
               SET deleted_at = NULL, updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NOT NULL AND purged_at IS NULL
            RETURNING""" + " " + ConversationStore.COLUMNS, ConversationStore::conversation);
        find = database.statement("SELECT " + ConversationStore.COLUMNS + """
              FROM conversations
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
            """, ConversationStore::conversation);
        list = new Listing<>(
                database,
                "SELECT " + ConversationStore.COLUMNS
                        + " FROM conversations WHERE deleted_at IS NOT NULL AND purged_at IS NULL",
                "deleted_at",
                "id",
                ConversationStore::conversation,
                conversation -> new Cursor(Objects.requireNonNull(conversation.deletedAt()), conversation.id()));
        ownership = new Ownership(
                database,
                "conversation",
                "SELECT user_id, deleted_at IS NULL AS live FROM conversations WHERE id = #{id}");
    }

    Future<None> delete(Conversations.Delete command) {
        return delete.one(own(command.caller(), command.id()).versions(command.versions()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Conversation> restore(Conversations.Restore command) {
        return restore.one(own(command.caller(), command.id()))
                .compose(restored ->
                        restored.isPresent() ? Future.succeededFuture(restored.get()) : alreadyAlive(command));
    }

    private Future<Conversation> alreadyAlive(Conversations.Restore command) {
        return find.one(own(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Page<Conversation>> list(Conversations.ListMine query) {
        return list.page(
                Conditions.of("user_id = #{user_id}", "user_id", query.caller().userId()), query.page());
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
