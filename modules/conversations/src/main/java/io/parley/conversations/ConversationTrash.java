package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;

/** The SQL that moves conversations to the trash, restores them and lists them there, until their purge has begun. */
final class ConversationTrash {
    private final Database database;
    private final Ownership ownership;

    ConversationTrash(Database database) {
        this.database = database;
        this.ownership = ConversationRow.ownership(database);
    }

    Future<None> delete(Conversations.Delete command) {
        return ownership.change(
                command.versions(),
                () -> database.query("""
                UPDATE conversations
                   SET deleted_at = now(), updated_at = next_version(updated_at, now())
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                   AND (#{any_version} OR updated_at = ANY(#{versions}))
                RETURNING id
                """, row -> None.NONE)
                        .one(rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    Future<Conversation> restore(Conversations.Restore command) {
        return database.query("""
                UPDATE conversations
                   SET deleted_at = NULL, updated_at = next_version(updated_at, now())
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NOT NULL AND purged_at IS NULL
                RETURNING""" + " " + ConversationRow.COLUMNS, ConversationRow::conversation)
                .one(rowOf(command.caller(), command.id()))
                .compose(restored ->
                        restored.isPresent() ? Future.succeededFuture(restored.get()) : findNotDeleted(command));
    }

    private Future<Conversation> findNotDeleted(Conversations.Restore command) {
        return ownership.read(
                () -> database.query("SELECT " + ConversationRow.COLUMNS + """
                  FROM conversations
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                """, ConversationRow::conversation)
                        .one(rowOf(command.caller(), command.id())),
                command.caller(),
                command.id());
    }

    Future<Page<Conversation>> list(Conversations.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + ConversationRow.COLUMNS
                                + " FROM conversations WHERE deleted_at IS NOT NULL AND purged_at IS NULL",
                        ConversationRow.LARGE,
                        "deleted_at",
                        "id",
                        ConversationRow::conversation,
                        ConversationTrash::cursor)
                .page(
                        ConversationLists.conditions(query.caller(), query.filter())
                                .and(
                                        "archived = #{archived}",
                                        "archived",
                                        query.filter().archived()),
                        query.page());
    }

    private static Cursor cursor(Conversation conversation) {
        return new Cursor(Objects.requireNonNull(conversation.deletedAt()), conversation.id());
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
