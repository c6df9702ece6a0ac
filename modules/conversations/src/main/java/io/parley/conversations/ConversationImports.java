package io.parley.conversations;

import io.parley.contracts.ImportIds;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.EncryptionChoice;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that imports conversations. Until it is published, an imported conversation is stored as a deleted one whose purge
 * begins later. That hides it, and removes it without further action if it is never published.
 */
final class ConversationImports {
    private final Database database;
    private final EncryptionChoice encryption;
    private final SealedTexts texts;

    ConversationImports(Database database, EncryptionChoice encryption) {
        this.database = database;
        this.encryption = encryption;
        this.texts = new SealedTexts(database);
    }

    Future<PendingImport> begin(ImportedConversations.Begin command) {
        var userId = command.caller().userId();
        var candidates = candidates(userId, command.originalId());
        return encryption
                .of(command.caller(), command.encrypted())
                .compose(encrypted -> seal(userId, candidates, encrypted))
                .compose(bytes -> begin(userId, candidates, bytes, 0));
    }

    // What a hidden conversation holds until it is published.
    private Future<@Nullable Buffer[]> seal(UUID userId, UUID[] candidates, boolean encrypted) {
        if (!encrypted) return Future.succeededFuture(new Buffer[candidates.length]);
        var empty = Texts.of("metadata", Json.EMPTY_OBJECT.text());
        return Future.all(Stream.of(candidates)
                        .map(id -> texts.seal(empty, userId, id))
                        .toList())
                .map(all -> all.<Buffer>list().toArray(Buffer[]::new));
    }

    // Imports that begin at the same moment all choose the same candidate. Only one of them gets it; the others try
    // again.
    private Future<PendingImport> begin(UUID userId, UUID[] candidates, @Nullable Buffer[] sealed, int failedAttempts) {
        return insert(userId, candidates, sealed)
                .compose(begun -> begun.map(Future::succeededFuture)
                        .orElseGet(() -> findPublished(userId, candidates)
                                .compose(published -> published.isPresent() || failedAttempts + 1 == candidates.length
                                        ? Future.failedFuture(Problem.conflict(
                                                "/id", "You already have this conversation, possibly in the trash."))
                                        : begin(userId, candidates, sealed, failedAttempts + 1))));
    }

    private Future<Optional<PendingImport>> insert(UUID userId, UUID[] candidates, @Nullable Buffer[] sealed) {
        return database.query("""
                INSERT INTO conversations (id, user_id, metadata, sealed, deleted_at, purged_at)
                SELECT candidate.id, #{user_id}, CASE WHEN candidate.sealed IS NULL THEN '{}'::jsonb END, candidate.sealed,
                       now() + interval '15 minutes', now() + interval '15 minutes'
                  FROM unnest(#{ids}::uuid[], #{sealed}::bytea[]) WITH ORDINALITY AS candidate (id, sealed, place)
                 WHERE NOT EXISTS (
                           SELECT FROM conversations c
                            WHERE c.user_id = #{user_id} AND c.id = ANY(#{ids}::uuid[]) AND c.purged_at IS NULL)
                   AND candidate.id <> ALL (ARRAY(
                           SELECT c.id FROM conversations c
                            WHERE c.user_id = #{user_id} AND c.id = ANY(#{ids}::uuid[])))
                 ORDER BY candidate.place
                 LIMIT 1
                ON CONFLICT DO NOTHING
                RETURNING id, purged_at, sealed IS NOT NULL AS encrypted
                """, ConversationImports::pendingImport)
                .translating(ConversationRow.CONSTRAINTS)
                .one(Parameters.of("user_id", userId).and("ids", candidates).and("sealed", sealed));
    }

    private Future<Optional<UUID>> findPublished(UUID userId, UUID[] candidates) {
        return database.query("""
                SELECT id FROM conversations
                 WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[]) AND purged_at IS NULL
                """, ConversationImports::id)
                .one(Parameters.of("user_id", userId).and("ids", candidates));
    }

    Future<KnownImport> findKnown(ImportedConversations.Find query) {
        var userId = query.caller().userId();
        return database.query(
                        """
                SELECT id, deleted_at IS NOT NULL AS is_deleted, sealed IS NOT NULL AS encrypted FROM conversations
                 WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[]) AND purged_at IS NULL
                """, row -> new KnownImport(id(row), Rows.flag(row, "is_deleted"), Rows.flag(row, "encrypted")))
                .one(Parameters.of("user_id", userId).and("ids", candidates(userId, query.originalId())))
                .map(ConversationImports::orNotFound);
    }

    Future<None> grow(ImportedConversations.Grow command) {
        return database.query("""
                UPDATE conversations
                   SET updated_at = greatest(updated_at, #{newest})
                 WHERE id = #{id} AND user_id = #{user_id} AND purged_at IS NULL
                RETURNING id
                """, row -> None.NONE)
                .one(Parameters.of("id", command.id())
                        .and("user_id", command.caller().userId())
                        .and("newest", command.newestMessage()))
                .map(ConversationImports::orNotFound);
    }

    private static <T> T orNotFound(Optional<T> found) {
        return found.orElseThrow(() -> Problem.notFound("conversation"));
    }

    // The 30 seconds ensure that the purge does not begin while this statement runs. If two imports of the same
    // conversation end at once, the second one waits at the locks of the first and then sees that it was published.
    Future<None> publish(ImportedConversations.Publish command) {
        var draft = command.draft();
        var originalId = command.originalId() == null ? command.id() : command.originalId();
        var row = ConversationRow.withTags(pending(command.caller(), command.id(), command.until()), draft.tags())
                .and("pinned", command.settings().pinned())
                .and("archived", command.settings().archived())
                .and("ids", candidates(command.caller().userId(), originalId))
                .and("provider", command.settings().provider())
                .and("model", command.settings().model())
                .and("current_leaf", command.settings().currentLeaf())
                .and("created_at", command.createdAt())
                .and("updated_at", command.updatedAt());
        var written = Texts.of("title", draft.title())
                .and("description", draft.description())
                .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata())
                .and("instructions", command.settings().instructions());
        return texts.add(written, row, command.caller().userId(), command.id(), command.encrypted())
                .compose(this::publish)
                .map(published -> published.orElseThrow(() -> Problem.conflict(
                        "", "The import took too long, or the conversation was imported meanwhile. Try again.")));
    }

    private Future<Optional<None>> publish(Parameters values) {
        return database.query("WITH RECURSIVE " + CurrentLeaf.NEWEST_BELOW + """
                , attempts AS MATERIALIZED (
                    SELECT purged_at FROM conversations
                     WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[])
                     ORDER BY id FOR NO KEY UPDATE)
                UPDATE conversations
                   SET title = #{title}, description = #{description}, metadata = #{metadata}::text::jsonb,
                       instructions = #{instructions}, sealed = #{sealed}::bytea, provider = #{provider}, model = #{model},
                       pinned = #{pinned}, archived = #{archived}, tags = #{tags}, tag_keys = #{tag_keys},
                       current_leaf = coalesce(
                           (SELECT leaf_id FROM leaf),
                           (SELECT t.id FROM message_tree t
                             WHERE t.user_id = #{user_id} AND t.conversation_id = #{id} AND t.deleted_at IS NULL
                             ORDER BY t.created_at DESC, t.id DESC LIMIT 1)),
                       has_branches = (
                           SELECT count(*) > count(DISTINCT t.parent_id) + 1 FROM message_tree t
                            WHERE t.user_id = #{user_id} AND t.conversation_id = #{id}),
                       created_at = #{created_at}, updated_at = #{updated_at}, deleted_at = NULL, purged_at = NULL
                 WHERE id = #{id} AND user_id = #{user_id} AND purged_at = #{until}
                   AND purged_at > now() + interval '30 seconds'
                   AND (sealed IS NOT NULL) = (#{sealed}::bytea IS NOT NULL)
                   AND NOT EXISTS (SELECT FROM attempts WHERE attempts.purged_at IS NULL)
                RETURNING id
                """, row -> None.NONE)
                .one(values);
    }

    Future<None> drop(ImportedConversations.Drop command) {
        return database.query("""
                UPDATE conversations
                   SET deleted_at = now(), purged_at = now()
                 WHERE id = #{id} AND user_id = #{user_id} AND purged_at = #{until}
                RETURNING id
                """, row -> None.NONE)
                .one(pending(command.caller(), command.id(), command.until()))
                .map(dropped -> dropped.orElseThrow(
                        () -> Problem.conflict("", "The conversation is no longer being imported.")));
    }

    private static UUID[] candidates(UUID userId, @Nullable UUID originalId) {
        return originalId == null ? new UUID[] {Ids.next()} : ImportIds.candidates(userId, originalId);
    }

    private static Parameters pending(Caller caller, UUID id, Instant until) {
        return Parameters.of("id", id).and("user_id", caller.userId()).and("until", until);
    }

    private static PendingImport pendingImport(Row row) {
        return new PendingImport(id(row), Rows.instant(row, "purged_at"), Rows.flag(row, "encrypted"));
    }

    private static UUID id(Row row) {
        return Rows.uuid(row, "id");
    }
}
