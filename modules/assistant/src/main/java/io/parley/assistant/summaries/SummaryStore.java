package io.parley.assistant.summaries;

import io.parley.contracts.assistant.Summary;
import io.parley.contracts.assistant.Summary.Usage;
import io.parley.contracts.messages.BranchDigest;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code conversation_summaries}. */
final class SummaryStore {
    /** The newest ones of a conversation, so that another branch finds its own again. */
    private static final int KEPT = 10;

    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_conversation_summaries_conversation", Problem.notFound("conversation"));

    private final Database database;
    private final SealedTexts texts;

    SummaryStore(Database database) {
        this.database = database.sealing("conversation_summaries", "conversation_id", "up_to_message_id");
        this.texts = new SealedTexts(this.database);
    }

    /** All of a conversation, valid or not, the newest first. */
    Future<List<StoredSummary>> list(Caller caller, UUID conversationId) {
        return database.query("""
                SELECT user_id, conversation_id, up_to_message_id, message_count, digest, kind, provider, model, text, sealed,
                       token_count, prompt_tokens, completion_tokens, created_at
                  FROM conversation_summaries
                 WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
                 ORDER BY created_at DESC, message_count DESC LIMIT 10
                """, SummaryStore::stored).list(rowsOf(caller, conversationId));
    }

    /** Replaces one that ends with the same message. Sealed for everybody who encrypts, as events of turns are. */
    Future<StoredSummary> save(Caller caller, Draft draft) {
        var userId = caller.userId();
        var id = draft.conversationId() + "/" + draft.upToMessageId();
        return texts.isUsed(userId)
                .compose(used -> texts.add(Texts.of("text", draft.text()), values(caller, draft), userId, id, used))
                .compose(this::save)
                .compose(saved -> deleteOld(caller, draft.conversationId()).map(saved));
    }

    private Future<StoredSummary> save(Parameters values) {
        return database.query("""
                INSERT INTO conversation_summaries (user_id, conversation_id, up_to_message_id, message_count, digest, kind,
                       provider, model, text, sealed, token_count, prompt_tokens, completion_tokens)
                VALUES (#{user_id}, #{conversation_id}, #{up_to_message_id}, #{message_count}, #{digest}, #{kind},
                       #{provider}, #{model}, #{text}, #{sealed}::bytea, #{token_count}, #{prompt_tokens}, #{completion_tokens})
                ON CONFLICT (user_id, conversation_id, up_to_message_id) DO UPDATE
                   SET message_count = excluded.message_count, digest = excluded.digest, kind = excluded.kind,
                       provider = excluded.provider, model = excluded.model, text = excluded.text, sealed = excluded.sealed,
                       token_count = excluded.token_count, prompt_tokens = excluded.prompt_tokens,
                       completion_tokens = excluded.completion_tokens, created_at = excluded.created_at
                RETURNING user_id, conversation_id, up_to_message_id, message_count, digest, kind, provider, model, text,
                       sealed, token_count, prompt_tokens, completion_tokens, created_at
                """, SummaryStore::stored)
                .translating(CONSTRAINTS)
                .only(values);
    }

    /** @param usage null if unknown, or if no model was asked */
    record Draft(
            UUID conversationId,
            UUID upToMessageId,
            BranchDigest digest,
            Summary.Kind kind,
            @Nullable String provider,
            @Nullable String model,
            String text,
            int tokenCount,
            @Nullable Usage usage) {}

    private static Parameters values(Caller caller, Draft draft) {
        var usage = draft.usage();
        return rowsOf(caller, draft.conversationId())
                .and("up_to_message_id", draft.upToMessageId())
                .and("message_count", draft.digest().messageCount())
                .and("digest", draft.digest().value())
                .and("kind", draft.kind())
                .and("provider", draft.provider())
                .and("model", draft.model())
                .and("token_count", draft.tokenCount())
                .and("prompt_tokens", usage == null ? null : usage.promptTokens())
                .and("completion_tokens", usage == null ? null : usage.completionTokens());
    }

    private Future<Integer> deleteOld(Caller caller, UUID conversationId) {
        return database.query("""
                DELETE FROM conversation_summaries
                 WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
                   AND created_at < (SELECT s.created_at FROM conversation_summaries s
                                      WHERE s.user_id = #{user_id} AND s.conversation_id = #{conversation_id}
                                      ORDER BY s.created_at DESC LIMIT 1 OFFSET #{kept} - 1)
                """).run(rowsOf(caller, conversationId).and("kept", KEPT));
    }

    Future<Boolean> isTurnRunning(Caller caller, UUID conversationId) {
        return database.query("""
                SELECT id FROM turns
                 WHERE user_id = #{user_id} AND conversation_id = #{conversation_id} AND status = 'running'
                """, row -> Rows.uuid(row, "id"))
                .list(rowsOf(caller, conversationId))
                .map(running -> !running.isEmpty());
    }

    private static Parameters rowsOf(Caller caller, UUID conversationId) {
        return Parameters.of("user_id", caller.userId()).and("conversation_id", conversationId);
    }

    private static StoredSummary stored(Row row) {
        var digest = new BranchDigest(Rows.integer(row, "message_count"), Rows.bigint(row, "digest"));
        var summary = new Summary(
                Rows.uuid(row, "conversation_id"),
                Rows.text(row, "text"),
                Rows.choice(row, "kind", Summary.Kind.class),
                Rows.nullableText(row, "provider"),
                Rows.nullableText(row, "model"),
                Rows.uuid(row, "up_to_message_id"),
                digest.messageCount(),
                Rows.integer(row, "token_count"),
                usage(row),
                Rows.instant(row, "created_at"));
        return new StoredSummary(summary, digest);
    }

    private static @Nullable Usage usage(Row row) {
        var prompt = Rows.nullableInteger(row, "prompt_tokens");
        var completion = Rows.nullableInteger(row, "completion_tokens");
        return prompt == null || completion == null ? null : new Usage(prompt, completion);
    }
}
