package io.parley.messages;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The parents of imported messages. They are found before the messages are stored, because Citus does not compute the rows of an
 * INSERT from the table that it writes to. Nobody else writes to a conversation that is being imported.
 */
final class ImportedParents {
    // As PostgreSQL orders them: a UUID compares its halves as signed numbers.
    private static final Comparator<ImportedMessage> OLDEST_FIRST = Comparator.comparing(ImportedMessage::createdAt)
            .thenComparing(message -> message.id().toString());

    private final Database database;

    ImportedParents(Database database) {
        this.database = database;
    }

    /**
     * The parent of each message that has one. A message that names none, or one that does not exist, follows the message before
     * it in time unless it is a root.
     */
    Future<Map<UUID, UUID>> of(ImportedMessages.Store command) {
        var messages = command.messages().stream().sorted(OLDEST_FIRST).toList();
        return findExisting(command)
                .compose(existing -> findLast(command, messages, existing).map(last -> link(messages, existing, last)));
    }

    /** These messages, and their parents that are stored already. */
    private Future<Set<UUID>> findExisting(ImportedMessages.Store command) {
        var ids = command.messages().stream().map(ImportedMessage::id).collect(Collectors.toSet());
        var parents = command.messages().stream()
                .map(message -> message.draft().parentId())
                .filter(parent -> parent != null && !ids.contains(parent))
                .collect(Collectors.toSet());
        return findStored(command, parents).map(stored -> {
            ids.addAll(stored);
            return ids;
        });
    }

    private Future<List<UUID>> findStored(ImportedMessages.Store command, Set<UUID> parents) {
        if (parents.isEmpty()) return Future.succeededFuture(List.of());
        return database.query("""
                SELECT id FROM messages
                 WHERE user_id = #{user_id} AND conversation_id IN (#{conversation_id}, #{target})
                   AND id = ANY(#{parents}::uuid[])
                """, row -> Rows.uuid(row, "id"))
                .list(places(command).and("parents", parents.toArray(UUID[]::new)));
    }

    // Only the first message can follow one that is stored already.
    private Future<Optional<UUID>> findLast(
            ImportedMessages.Store command, List<ImportedMessage> messages, Set<UUID> existing) {
        if (messages.isEmpty() || !follows(messages.get(0), existing)) return Future.succeededFuture(Optional.empty());
        return database.query("""
                SELECT id FROM (
                    (SELECT m.id, m.created_at FROM messages m
                      WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                      ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
                    UNION ALL
                    (SELECT m.id, m.created_at FROM messages m
                      WHERE m.user_id = #{user_id} AND m.conversation_id = #{target}
                      ORDER BY m.created_at DESC, m.id DESC LIMIT 1)) newest
                 ORDER BY created_at DESC, id DESC LIMIT 1
                """, row -> Rows.uuid(row, "id")).one(places(command));
    }

    private static Parameters places(ImportedMessages.Store command) {
        return Parameters.of("user_id", command.caller().userId())
                .and("conversation_id", command.conversationId())
                .and("target", command.target());
    }

    private static Map<UUID, UUID> link(List<ImportedMessage> messages, Set<UUID> existing, Optional<UUID> last) {
        var parents = new HashMap<UUID, UUID>();
        var previous = last.orElse(null);
        for (var message : messages) {
            var parent = follows(message, existing) ? previous : message.draft().parentId();
            if (parent != null) parents.put(message.id(), parent);
            previous = message.id();
        }
        return parents;
    }

    private static boolean follows(ImportedMessage message, Set<UUID> existing) {
        var parent = message.draft().parentId();
        return parent == null ? !message.isRoot() : !existing.contains(parent);
    }
}
