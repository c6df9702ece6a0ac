package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.Patch;
import io.parley.messages.branches.ConversationLock;
import io.parley.messages.parts.StoredParts;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.TextChanges;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL that finds, lists and updates messages. */
final class MessageStore {
    private static final ContentChange NO_CHANGE = new ContentChange(Patch.absent(), Patch.absent());

    /** What becomes of the text of a message and, if it has any, of its parts. */
    private record ContentChange(Patch<String> content, Patch<String> parts) {}

    private final Database database;
    private final SealedTexts texts;
    private final Ownership ownership;

    MessageStore(Database database) {
        this.database = database;
        this.texts = new SealedTexts(database);
        this.ownership = MessageRow.ownership(database);
    }

    // OFFSET 0 keeps the planner from reading all conversations of the user for a join.
    Future<Message> find(Messages.Find query) {
        var row = database.query("SELECT " + MessageRow.JOINED_COLUMNS + """
                  FROM messages m
                  CROSS JOIN LATERAL (
                       SELECT l.has_branches FROM live_conversations l
                        WHERE l.id = m.conversation_id AND l.user_id = #{user_id} OFFSET 0) c
                 WHERE m.deleted_at IS NULL AND m.id = #{id} AND m.user_id = #{user_id}
                """, MessageRow::message)
                .batched();
        return ownership.read(() -> row.one(rowOf(query.caller(), query.id())), query.caller(), query.id());
    }

    /** The messages of all branches. */
    Future<Page<Message>> listAll(Messages.ListConversation query) {
        return listing("SELECT " + MessageRow.COLUMNS_IN_CONVERSATION + MessageRow.LIVE_IN_CONVERSATION)
                .page(MessageFilter.of(query), query.page());
    }

    /** The same, but an empty page if the conversation has branches. */
    Future<Page<Message>> listUnbranched(Messages.ListConversation query) {
        return listing("SELECT " + MessageRow.UNBRANCHED_COLUMNS + MessageRow.LIVE_IN_UNBRANCHED_CONVERSATION)
                .page(MessageFilter.of(query), query.page());
    }

    Future<Page<Message>> list(Messages.ListMine query) {
        return listing("SELECT " + MessageRow.JOINED_COLUMNS + MessageRow.LIVE)
                .page(MessageFilter.of(query), query.page());
    }

    private Listing<Message> listing(String select) {
        return new Listing<>(
                database, select, MessageRow.LARGE, "m.created_at", "m.id", MessageRow::message, MessageRow::cursor);
    }

    Future<Message> update(Messages.Update command) {
        return ownership.change(
                command.versions(),
                () -> (command.patch().content().present()
                                ? contentAndParts(command)
                                : Future.succeededFuture(NO_CHANGE))
                        .compose(changed -> texts.update(
                                command.caller().userId(),
                                command.id(),
                                patches(command, changed),
                                !command.versions().any(),
                                changes -> update(command, changes))),
                command.caller(),
                command.id());
    }

    private static Map<String, Patch<String>> patches(Messages.Update command, ContentChange changed) {
        return Map.of(
                "content",
                changed.content(),
                "parts",
                changed.parts(),
                "metadata",
                orEmpty(command.patch().metadata()));
    }

    private static Patch<String> orEmpty(Patch<Json> metadata) {
        return metadata.present() && metadata.value() == null
                ? Patch.to(Json.EMPTY_OBJECT.text())
                : metadata.map(Json::text);
    }

    // The files of a message never change, so nothing is lost if another content is stored between the two statements.
    // The database cannot see what is in a sealed message.
    private Future<ContentChange> contentAndParts(Messages.Update command) {
        var content = command.patch().content();
        return find(new Messages.Find(command.caller(), command.id())).map(message -> {
            boolean isEmpty = content.value() == null || content.value().isEmpty();
            if (isEmpty
                    && message.toolCalls() == null
                    && message.role() != Role.TOOL
                    && !MessagePart.haveFile(message.parts())) throw MessageRow.noContent();
            if (message.parts() == null) return new ContentChange(content, Patch.absent());
            var text = content.value() == null ? "" : content.value();
            var parts = MessagePart.withContent(message.parts(), text);
            return new ContentChange(Patch.to(text), Patch.to(StoredParts.write(parts)));
        });
    }

    private Future<Optional<Message>> update(Messages.Update command, TextChanges changes) {
        var patch = command.patch();
        return database.query(
                        """
                UPDATE messages m
                   SET content = CASE WHEN #{sets_content} THEN #{content} ELSE content END,
                       parts = CASE WHEN #{sets_parts} THEN #{parts}::text::jsonb ELSE parts END,
                       token_count = CASE WHEN #{sets_token_count} THEN #{token_count} ELSE token_count END,
                       model = CASE WHEN #{sets_model} THEN #{model} ELSE model END,
                       metadata = CASE WHEN #{sets_metadata} THEN coalesce(#{metadata}::text::jsonb, '{}')
                                       ELSE metadata END,
                       updated_at = next_version(m.updated_at, now()),\s""" + TextChanges.SET_SEALED + " " + """
                  FROM live_conversations c
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND c.id = m.conversation_id AND c.user_id = m.user_id
                   AND (#{any_version} OR m.updated_at = ANY(#{versions})) AND\s""" + TextChanges.IS_UNCHANGED + " RETURNING "
                                + MessageRow.JOINED_COLUMNS,
                        MessageRow::message)
                .translating(MessageRow.CONSTRAINTS)
                .one(changes.addTo(rowOf(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("token_count", patch.tokenCount())
                        .patch("model", patch.model())));
    }

    Future<Message> branchOff(Messages.BranchOff command) {
        return ownership.change(
                () -> database.query("""
                UPDATE conversations c
                   SET current_leaf = m.id, updated_at = next_version(c.updated_at, now()),
                       has_branches = c.has_branches OR c.current_leaf IS DISTINCT FROM m.id
                  FROM messages m
                 WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL
                   AND c.id = m.conversation_id AND c.user_id = #{user_id} AND c.deleted_at IS NULL
                RETURNING""" + " " + MessageRow.JOINED_COLUMNS, MessageRow::message)
                        .afterLocking(ConversationLock.OF_MESSAGE)
                        .one(rowOf(command.caller(), command.id())),
                command.caller(),
                command.id());
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
