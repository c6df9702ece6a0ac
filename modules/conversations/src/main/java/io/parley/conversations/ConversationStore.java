package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.Admitted;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.UUID;

/** The SQL of the table {@code conversations}. */
final class ConversationStore {
    static final String COLUMNS = """
        id, user_id, title, description, metadata::text AS metadata, created_at, updated_at, deleted_at
        """;

    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_conversations_user", Problem.unauthenticated("The account is gone."));

    private final Query<Conversation> insert;
    private final Query<Conversation> findSame;
    private final Query<Conversation> find;
    private final Query<Conversation> update;
    private final Query<Admitted> admit;
    private final Listing<Conversation> list;
    private final Ownership ownership;

    ConversationStore(Database database) {
        insert = database.statement("""
            INSERT INTO conversations (id, user_id, title, description, metadata)
            VALUES (#{id}, #{user_id}, #{title}, #{description}, #{metadata}::text::jsonb)
            ON CONFLICT DO NOTHING
            RETURNING""" + " " + COLUMNS, ConversationStore::conversation)
                .translating(CONSTRAINTS);
        findSame = database.statement(
                "SELECT " + COLUMNS + " FROM conversations WHERE id = #{id} AND user_id = #{user_id}",
                ConversationStore::conversation);
        find = database.statement("SELECT " + COLUMNS + """
              FROM conversations
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
            """, ConversationStore::conversation)
                .batched();
        update = database.statement("""
            UPDATE conversations
               SET title = CASE WHEN #{sets_title} THEN #{title} ELSE title END,
                   description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
                   metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}') ELSE metadata END,
                   updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
               AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING""" + " " + COLUMNS, ConversationStore::conversation)
                .translating(CONSTRAINTS);
        // The row lock puts concurrent admissions one behind the other, so no two of them get the same time.
        admit = database.statement("""
            UPDATE conversations
               SET updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
            RETURNING updated_at
            """, row -> new Admitted(Rows.instant(row, "updated_at")));
        list = new Listing<>(
                database,
                "SELECT " + COLUMNS + " FROM conversations WHERE deleted_at IS NULL",
                "updated_at",
                "id",
                ConversationStore::conversation,
                conversation -> new Cursor(conversation.updatedAt(), conversation.id()));
        ownership = new Ownership(
                database,
                "conversation",
                "SELECT user_id, deleted_at IS NULL AS live FROM conversations WHERE id = #{id}");
    }

    /** One that is there already under this id is the same, from an attempt whose answer got lost. */
    Future<Conversation> insert(Conversations.Create command) {
        var draft = command.draft();
        return insert.one(own(command.caller(), command.id())
                        .and("title", draft.title())
                        .and("description", draft.description())
                        .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata()))
                .compose(inserted -> inserted.isPresent()
                        ? Future.succeededFuture(inserted.get())
                        : findSame.only(own(command.caller(), command.id())));
    }

    Future<Conversation> find(Conversations.Find query) {
        return find.one(own(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<Conversation>> list(Conversations.ListMine query) {
        return list.page(
                Conditions.of("user_id = #{user_id}", "user_id", query.caller().userId()), query.page());
    }

    Future<Conversation> update(Conversations.Update command) {
        var patch = command.patch();
        return update.one(own(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("title", patch.title())
                        .patch("description", patch.description())
                        .patch("metadata", patch.metadata()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<Admitted> admit(Conversations.Admit command) {
        return admit.one(own(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    static Conversation conversation(Row row) {
        return new Conversation(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("title"),
                row.getString("description"),
                Rows.json(row, "metadata"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }
}
