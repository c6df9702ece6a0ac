package io.parley.messages;

import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageFeedback;
import io.parley.contracts.messages.MessageFeedback.Stored;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Contention;
import io.parley.messages.sealing.MessageTexts;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The SQL of the table {@code message_feedback}. Each change makes a new version of the message. */
final class FeedbackStore {
    private static final String LOCK =
            "SELECT id FROM messages WHERE user_id = #{user_id} AND id = #{id} FOR NO KEY UPDATE";

    /** Marks a message whose feedback has to be read. */
    static final Feedback UNREAD = new Feedback(Rating.UP, null);

    private final Database database;
    private final SealedTexts texts;
    private final MessageStore messages;

    FeedbackStore(Database database, MessageStore messages) {
        this.database = database.sealing(MessageTexts.FEEDBACK, "message_id");
        this.texts = new SealedTexts(this.database);
        this.messages = messages;
    }

    /** A message that was restored as it was looked for has feedback at the next attempt. */
    Future<Stored> put(MessageFeedback.Put command) {
        return Contention.repeat(() -> attempt(command));
    }

    // Sealed for everybody who encrypts: whether the conversation is encrypted need not be looked up then.
    private Future<Stored> attempt(MessageFeedback.Put command) {
        var userId = command.caller().userId();
        var comment = command.feedback().comment();
        return texts.write(
                        userId,
                        () -> texts.isUsed(userId)
                                .compose(used -> texts.add(
                                        Texts.of("comment", comment),
                                        rowOf(command.caller(), command.messageId())
                                                .and(
                                                        "rating",
                                                        command.feedback().rating()),
                                        userId,
                                        command.messageId(),
                                        used && comment != null))
                                .compose(this::put))
                .compose(stored -> stored.map(Future::succeededFuture)
                        .orElseGet(() -> message(command.caller(), command.messageId())
                                .compose(message -> Future.failedFuture(
                                        message.role() == Role.ASSISTANT
                                                ? Problem.stale("message")
                                                : Problem.invalid("id", "must be a message of the assistant")))));
    }

    private Future<Optional<Stored>> put(Parameters values) {
        return database.query("""
                WITH rated AS (
                    UPDATE messages m
                       SET has_feedback = true, updated_at = next_version(m.updated_at, now())
                      FROM live_conversations c
                     WHERE m.id = #{id} AND m.user_id = #{user_id} AND m.deleted_at IS NULL AND m.role = 'assistant'
                       AND c.id = m.conversation_id AND c.user_id = m.user_id
                       AND (#{comment}::text IS NULL OR m.sealed IS NULL)
                    RETURNING m.user_id, m.id)
                INSERT INTO message_feedback AS f (user_id, message_id, rating, comment, sealed)
                SELECT user_id, id, #{rating}, #{comment}, #{sealed}::bytea FROM rated
                ON CONFLICT (user_id, message_id) DO UPDATE
                   SET rating = excluded.rating, comment = excluded.comment, sealed = excluded.sealed,
                       updated_at = next_version(f.updated_at, excluded.updated_at)
                RETURNING f.user_id, f.message_id, f.rating, f.comment, f.sealed, f.created_at, f.updated_at
                """, FeedbackStore::stored).one(values);
    }

    Future<Stored> find(MessageFeedback.Find query) {
        return message(query.caller(), query.messageId())
                .compose(message -> database.query("""
                SELECT user_id, message_id, rating, comment, sealed, created_at, updated_at
                  FROM message_feedback
                 WHERE user_id = #{user_id} AND message_id = #{id}
                """, FeedbackStore::stored)
                        .one(rowOf(query.caller(), query.messageId()))
                        .map(found -> found.orElseThrow(() -> Problem.notFound("feedback"))));
    }

    // The message is locked first, as when feedback is stored, so that the two neither deadlock nor miss each other.
    Future<None> delete(MessageFeedback.Delete command) {
        return message(command.caller(), command.messageId())
                .compose(message -> database.query("""
                WITH removed AS (
                    DELETE FROM message_feedback WHERE user_id = #{user_id} AND message_id = #{id}
                    RETURNING message_id)
                UPDATE messages m
                   SET has_feedback = false, updated_at = next_version(m.updated_at, now())
                  FROM removed
                 WHERE m.user_id = #{user_id} AND m.id = removed.message_id
                """)
                        .afterLocking(LOCK)
                        .run(rowOf(command.caller(), command.messageId()))
                        .map(None.NONE));
    }

    /** The same messages with their feedback. */
    Future<List<Message>> complete(List<Message> all) {
        var unread = all.stream().filter(FeedbackStore::isUnread).toList();
        if (unread.isEmpty()) return Future.succeededFuture(all);
        return database.query("""
                        SELECT user_id, message_id, rating, comment, sealed, created_at, updated_at
                          FROM message_feedback
                         WHERE user_id = #{user_id} AND message_id = ANY(#{ids})
                        """, FeedbackStore::stored)
                .list(Parameters.of("user_id", unread.get(0).userId())
                        .and("ids", unread.stream().map(Message::id).toArray(UUID[]::new)))
                .map(found -> found.stream().collect(Collectors.toMap(Stored::messageId, FeedbackStore::feedback)))
                .map(found -> all.stream()
                        .map(each -> isUnread(each) ? each.with(each.siblings(), found.get(each.id())) : each)
                        .toList());
    }

    // By identity: somebody may have given feedback that equals the mark.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isUnread(Message message) {
        return message.feedback() == UNREAD;
    }

    private static Feedback feedback(Stored stored) {
        return new Feedback(stored.rating(), stored.comment());
    }

    private Future<Message> message(Caller caller, UUID id) {
        return messages.find(new Messages.Find(caller, id));
    }

    private static Stored stored(Row row) {
        return new Stored(
                Rows.uuid(row, "message_id"),
                Rows.choice(row, "rating", Rating.class),
                Rows.nullableText(row, "comment"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }
}
