package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.Admitted;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** The SQL that creates, finds, lists and updates conversations. */
final class ConversationStore {
    private final Database database;
    private final Ownership ownership;

    ConversationStore(Database database) {
        this.database = database;
        this.ownership = ConversationRow.ownership(database);
    }

    /** Returns the stored conversation if the caller has one with this id: the request was sent again. */
    Future<Conversation> insert(Conversations.Create command) {
        var draft = command.draft();
        return database.query("""
                INSERT INTO conversations (id, user_id, title, description, metadata)
                VALUES (#{id}, #{user_id}, #{title}, #{description}, #{metadata}::text::jsonb)
                ON CONFLICT DO NOTHING
                RETURNING""" + " " + ConversationRow.COLUMNS, ConversationRow::conversation)
                .translating(ConversationRow.CONSTRAINTS)
                .one(rowOf(command.caller(), command.id())
                        .and("title", draft.title())
                        .and("description", draft.description())
                        .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata()))
                .compose(inserted ->
                        inserted.isPresent() ? Future.succeededFuture(inserted.get()) : findExisting(command));
    }

    private Future<Conversation> findExisting(Conversations.Create command) {
        return database.query("SELECT " + ConversationRow.COLUMNS + """
                  FROM conversations
                 WHERE id = #{id} AND user_id = #{user_id}
                """, ConversationRow::conversation)
                .only(rowOf(command.caller(), command.id()));
    }

    Future<Conversation> find(Conversations.Find query) {
        return database.query("SELECT " + ConversationRow.COLUMNS + """
                  FROM conversations
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                """, ConversationRow::conversation)
                .batched()
                .one(rowOf(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<Conversation>> list(Conversations.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + ConversationRow.COLUMNS + " FROM conversations WHERE deleted_at IS NULL",
                        "updated_at",
                        "id",
                        ConversationRow::conversation,
                        ConversationStore::cursor)
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        query.page());
    }

    private static Cursor cursor(Conversation conversation) {
        return new Cursor(conversation.updatedAt(), conversation.id());
    }

    Future<Conversation> update(Conversations.Update command) {
        var patch = command.patch();
        return database.query("""
                UPDATE conversations
                   SET title = CASE WHEN #{sets_title} THEN #{title} ELSE title END,
                       description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
                       metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}')
                                       ELSE metadata END,
                       updated_at = next_version(updated_at, now())
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                   AND (#{any_version} OR updated_at = ANY(#{versions}))
                RETURNING""" + " " + ConversationRow.COLUMNS, ConversationRow::conversation)
                .translating(ConversationRow.CONSTRAINTS)
                .one(rowOf(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("title", patch.title())
                        .patch("description", patch.description())
                        .patch("metadata", patch.metadata()))
                .compose(updated -> ownership.require(updated, command.caller(), command.id()));
    }

    // The row lock serialises concurrent requests, so no two of them get the same time.
    Future<Admitted> admit(Conversations.Admit command) {
        return database.query("""
                UPDATE conversations
                   SET updated_at = next_version(updated_at, now())
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                RETURNING updated_at
                """, ConversationStore::admitted)
                .one(rowOf(command.caller(), command.id()))
                .compose(admitted -> ownership.require(admitted, command.caller(), command.id()));
    }

    private static Admitted admitted(Row row) {
        return new Admitted(Rows.instant(row, "updated_at"));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
