package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.TextChanges;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL that creates, finds, lists and updates conversations. */
final class ConversationStore {
    /** The fields of a patch but the current leaf, of the row {@code c}. */
    static final String SET_FIELDS = """
        title = CASE WHEN #{sets_title} THEN #{title} ELSE title END,
        description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
        metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}') ELSE metadata END,
        instructions = CASE WHEN #{sets_instructions} THEN #{instructions} ELSE instructions END,
        provider = CASE WHEN #{sets_provider} THEN #{provider} ELSE provider END,
        model = CASE WHEN #{sets_model} THEN #{model} ELSE model END,
        pinned = CASE WHEN #{sets_pinned} THEN #{pinned} ELSE pinned END,
        archived = CASE WHEN #{sets_archived} THEN #{archived} ELSE archived END,
        tags = CASE WHEN #{sets_tags} THEN #{tags} ELSE tags END,
        tag_keys = CASE WHEN #{sets_tags} THEN #{tag_keys} ELSE tag_keys END,
        updated_at = next_version(updated_at, now()),
        """ + TextChanges.SET_SEALED;

    static final String WHERE_NOT_STALE = """
         WHERE c.id = #{id} AND c.user_id = #{user_id} AND c.deleted_at IS NULL
           AND (#{any_version} OR c.updated_at = ANY(#{versions})) AND\s""" + TextChanges.IS_UNCHANGED;

    private final Database database;
    private final SealedTexts texts;
    private final CurrentLeaf leaf;
    private final Ownership ownership;

    ConversationStore(Database database) {
        this.database = database;
        this.texts = new SealedTexts(database);
        this.leaf = new CurrentLeaf(database);
        this.ownership = ConversationRow.ownership(database);
    }

    /** Returns the stored conversation if the caller has one with this id: the request was sent again. */
    Future<Conversation> insert(Conversations.Create command, boolean encrypted) {
        var draft = command.draft();
        var row = ConversationRow.withTags(rowOf(command.caller(), command.id()), draft.tags())
                .and("provider", draft.provider())
                .and("model", draft.model())
                .and("origin", command.origin());
        return texts.add(texts(draft), row, command.caller().userId(), command.id(), encrypted)
                .compose(
                        values -> database.query("""
                INSERT INTO conversations (id, user_id, title, description, metadata, instructions, sealed, provider, model,
                                           origin, tags, tag_keys)
                VALUES (#{id}, #{user_id}, #{title}, #{description}, #{metadata}::text::jsonb, #{instructions},
                        #{sealed}::bytea, #{provider}, #{model}, #{origin}, #{tags}, #{tag_keys})
                ON CONFLICT DO NOTHING
                RETURNING""" + " " + ConversationRow.NEW_COLUMNS, ConversationRow::conversation)
                                .translating(ConversationRow.CONSTRAINTS)
                                .one(values))
                .compose(inserted ->
                        inserted.isPresent() ? Future.succeededFuture(inserted.get()) : findExisting(command));
    }

    private static Texts texts(ConversationDraft draft) {
        return Texts.of("title", draft.title())
                .and("description", draft.description())
                .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata())
                .and("instructions", draft.instructions());
    }

    private Future<Conversation> findExisting(Conversations.Create command) {
        return database.query("SELECT " + ConversationRow.COLUMNS + """
                  FROM conversations
                 WHERE id = #{id} AND user_id = #{user_id}
                """, ConversationRow::conversation)
                .only(rowOf(command.caller(), command.id()));
    }

    Future<Conversation> find(Conversations.Find query) {
        var row = database.query("SELECT " + ConversationRow.COLUMNS + """
                  FROM conversations
                 WHERE id = #{id} AND user_id = #{user_id} AND deleted_at IS NULL
                """, ConversationRow::conversation)
                .batched();
        return ownership.read(() -> row.one(rowOf(query.caller(), query.id())), query.caller(), query.id());
    }

    Future<Conversation> update(Conversations.Update command) {
        var patch = command.patch();
        var patches = Map.of(
                "title", patch.title(),
                "description", patch.description(),
                "metadata", orEmpty(patch.metadata()),
                "instructions", patch.instructions());
        return ownership.change(
                command.versions(),
                () -> texts.update(
                        command.caller().userId(),
                        command.id(),
                        patches,
                        !command.versions().any(),
                        changes -> patch.currentLeaf().present()
                                ? leaf.update(command, changes)
                                : updateFields(command, changes)),
                command.caller(),
                command.id());
    }

    private static Patch<String> orEmpty(Patch<Json> metadata) {
        return metadata.present() && metadata.value() == null
                ? Patch.to(Json.EMPTY_OBJECT.text())
                : metadata.map(Json::text);
    }

    private Future<Optional<Conversation>> updateFields(Conversations.Update command, TextChanges changes) {
        return database.query(
                        "UPDATE conversations c SET " + SET_FIELDS + " " + WHERE_NOT_STALE + " RETURNING "
                                + ConversationRow.COLUMNS,
                        ConversationRow::conversation)
                .translating(ConversationRow.CONSTRAINTS)
                .one(parameters(command, changes));
    }

    static Parameters parameters(Conversations.Update command, TextChanges changes) {
        var patch = command.patch();
        return changes.addTo(ConversationRow.withTags(
                        rowOf(command.caller(), command.id()), patch.tags().value())
                .and("sets_tags", patch.tags().present())
                .patch("pinned", patch.pinned())
                .patch("archived", patch.archived())
                .versions(command.versions())
                .patch("provider", command.patch().provider())
                .patch("model", command.patch().model()));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
