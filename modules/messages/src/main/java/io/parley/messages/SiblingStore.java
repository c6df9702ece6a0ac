package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Siblings;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL that finds the siblings of messages. They are read in a statement of their own, and only for messages of
 * conversations that have branches, so that others cost nothing. Each group of siblings is read once for all messages of a page.
 */
final class SiblingStore {
    /** Marks a message whose siblings have to be read. */
    static final Siblings UNREAD = new Siblings(0, 0, null, null);

    private record Found(UUID id, Siblings siblings) {}

    private final Database database;

    SiblingStore(Database database) {
        this.database = database;
    }

    /** The same messages with their siblings. */
    Future<List<Message>> complete(List<Message> messages) {
        var unread = messages.stream()
                .filter(message -> message.siblings().equals(UNREAD))
                .toList();
        if (unread.isEmpty()) return Future.succeededFuture(messages);
        return read(unread)
                .map(found -> messages.stream()
                        .map(message -> complete(message, found))
                        .toList());
    }

    // Messages without a parent are siblings if they are of the same conversation.
    private Future<Map<UUID, Siblings>> read(List<Message> messages) {
        return database.query("""
                WITH families AS (
                    SELECT m.id, m.parent_id, m.conversation_id, m.created_at FROM messages m
                     WHERE m.user_id = #{user_id} AND m.parent_id = ANY(#{parents}) AND m.deleted_at IS NULL
                    UNION ALL
                    SELECT m.id, m.parent_id, m.conversation_id, m.created_at FROM messages m
                     WHERE m.user_id = #{user_id} AND m.conversation_id = ANY(#{conversations}) AND m.parent_id IS NULL
                       AND m.deleted_at IS NULL),
                placed AS (
                    SELECT id, row_number() OVER ordered AS position, count(*) OVER family AS count,
                           lag(id) OVER ordered AS previous, lead(id) OVER ordered AS next
                      FROM families
                    WINDOW family AS (PARTITION BY conversation_id, parent_id),
                           ordered AS (PARTITION BY conversation_id, parent_id ORDER BY created_at, id))
                SELECT id, position, count, previous, next FROM placed WHERE id = ANY(#{ids})
                """, SiblingStore::found)
                .list(Parameters.of("user_id", messages.get(0).userId())
                        .and("ids", ids(messages, Message::id))
                        .and("parents", ids(messages, Message::parentId))
                        .and("conversations", conversations(messages)))
                .map(found -> found.stream().collect(Collectors.toMap(Found::id, Found::siblings)));
    }

    private static UUID[] ids(List<Message> messages, Function<Message, UUID> field) {
        return messages.stream().map(field).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    }

    private static UUID[] conversations(List<Message> messages) {
        return ids(
                messages.stream().filter(message -> message.parentId() == null).toList(), Message::conversationId);
    }

    // A message that was deleted since it was read has none.
    private static Message complete(Message message, Map<UUID, Siblings> found) {
        return message.siblings().equals(UNREAD)
                ? message.with(found.getOrDefault(message.id(), Siblings.ALONE), message.feedback())
                : message;
    }

    private static Found found(Row row) {
        return new Found(
                Rows.uuid(row, "id"),
                new Siblings(
                        Math.toIntExact(Rows.bigint(row, "position")),
                        Math.toIntExact(Rows.bigint(row, "count")),
                        row.getUUID("previous"),
                        row.getUUID("next")));
    }
}
