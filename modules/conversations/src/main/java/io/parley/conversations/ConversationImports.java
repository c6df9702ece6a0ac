package io.parley.conversations;

import io.parley.contracts.ImportIds;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.PendingImport;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of conversations that are taken in from elsewhere. Until it is published such a conversation looks like one
 * that will be purged at a time to come, so nobody sees it, and one that is never finished goes by itself.
 */
final class ConversationImports {
    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_conversations_user", Problem.unauthenticated("The account is gone."));

    private final Query<PendingImport> begin;
    private final Query<UUID> published;
    private final Query<None> publish;
    private final Query<None> drop;

    ConversationImports(Database database) {
        begin = database.statement("""
            INSERT INTO conversations (id, user_id, deleted_at, purged_at)
            SELECT candidate.id, #{user_id}, now() + interval '15 minutes', now() + interval '15 minutes'
              FROM unnest(#{ids}::uuid[]) WITH ORDINALITY AS candidate (id, place)
             WHERE NOT EXISTS (
                       SELECT FROM conversations c
                        WHERE c.user_id = #{user_id} AND c.id = ANY(#{ids}::uuid[]) AND c.purged_at IS NULL)
               AND NOT EXISTS (SELECT FROM conversations c WHERE c.id = candidate.id)
             ORDER BY candidate.place
             LIMIT 1
            ON CONFLICT DO NOTHING
            RETURNING id, purged_at
            """, row -> new PendingImport(Rows.uuid(row, "id"), Rows.instant(row, "purged_at")))
                .translating(CONSTRAINTS);
        published = database.statement("""
            SELECT id FROM conversations
             WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[]) AND purged_at IS NULL
            """, row -> Rows.uuid(row, "id"));
        // Well before the purge takes it: that one must not begin while this statement runs.
        // Of two imports of the same one the second waits here for the first, and then sees what became of it.
        publish = database.statement("""
            WITH attempts AS MATERIALIZED (
                SELECT purged_at FROM conversations
                 WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[])
                 ORDER BY id FOR NO KEY UPDATE)
            UPDATE conversations
               SET title = #{title}, description = #{description}, metadata = #{metadata}::text::jsonb,
                   created_at = #{created_at}, updated_at = #{updated_at}, deleted_at = NULL, purged_at = NULL
             WHERE id = #{id} AND user_id = #{user_id} AND purged_at = #{until}
               AND purged_at > now() + interval '30 seconds'
               AND NOT EXISTS (SELECT FROM attempts WHERE attempts.purged_at IS NULL)
            RETURNING id
            """, row -> None.NONE);
        drop = database.statement("""
            UPDATE conversations
               SET deleted_at = now(), purged_at = now()
             WHERE id = #{id} AND user_id = #{user_id} AND purged_at = #{until}
            RETURNING id
            """, row -> None.NONE);
    }

    Future<PendingImport> begin(Conversations.ImportBegin command) {
        var user = command.caller().userId();
        var ids = candidates(user, command.id());
        return begin(Parameters.of("user_id", user).and("ids", ids), ids.length);
    }

    // Of some that begin at the same moment all choose the same candidate, and only one gets it.
    private Future<PendingImport> begin(Parameters candidates, int tries) {
        return begin.one(candidates)
                .compose(begun -> begun.map(Future::succeededFuture)
                        .orElseGet(() -> published
                                .one(candidates)
                                .compose(here -> here.isPresent() || tries == 1
                                        ? Future.failedFuture(Problem.conflict(
                                                "/id", "this conversation is here already, in the trash perhaps"))
                                        : begin(candidates, tries - 1))));
    }

    private static UUID[] candidates(UUID user, @Nullable UUID id) {
        return id == null ? new UUID[] {Ids.next()} : ImportIds.candidates(user, id);
    }

    Future<None> publish(Conversations.ImportPublish command) {
        ConversationDraft draft = command.draft();
        var known = command.known() == null ? command.id() : command.known();
        return publish.one(importing(command.caller(), command.id(), command.until())
                        .and("ids", candidates(command.caller().userId(), known))
                        .and("title", draft.title())
                        .and("description", draft.description())
                        .and("metadata", draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata())
                        .and("created_at", command.createdAt())
                        .and("updated_at", command.updatedAt()))
                .map(published -> published.orElseThrow(
                        () -> Problem.conflict("", "the time to take it in is over, or it has come in meanwhile")));
    }

    Future<None> drop(Conversations.ImportDrop command) {
        return drop.one(importing(command.caller(), command.id(), command.until()))
                .map(dropped -> dropped.orElseThrow(() -> Problem.conflict("", "it is not being taken in any more")));
    }

    private static Parameters importing(Caller caller, UUID id, Instant until) {
        return Parameters.of("id", id).and("user_id", caller.userId()).and("until", until);
    }
}
