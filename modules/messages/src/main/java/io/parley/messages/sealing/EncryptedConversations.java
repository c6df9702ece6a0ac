package io.parley.messages.sealing;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import java.util.UUID;

/** Which conversations are encrypted. Reads nothing for a user who has nothing encrypted. */
public final class EncryptedConversations {
    private final Database database;
    private final UserKeys keys;

    public EncryptedConversations(Database database) {
        this.database = database;
        this.keys = database.keys();
    }

    /** False if there is no such conversation. */
    public Future<Boolean> contain(UUID userId, UUID conversationId) {
        return isEncrypted(userId, conversationId, """
                SELECT true AS encrypted FROM encrypted_conversations c
                 WHERE c.user_id = #{user_id} AND c.id = #{conversation_id}
                """);
    }

    /** The same, also for one in the trash. */
    Future<Boolean> containUntilPurged(UUID userId, UUID conversationId) {
        return isEncrypted(userId, conversationId, """
                SELECT c.sealed IS NOT NULL AS encrypted FROM conversations c
                 WHERE c.user_id = #{user_id} AND c.id = #{conversation_id} AND c.purged_at IS NULL
                """);
    }

    /** The same for one that is being imported. */
    Future<Boolean> containImported(UUID userId, UUID conversationId) {
        return isEncrypted(userId, conversationId, """
                SELECT c.encrypted FROM importing_conversations c
                 WHERE c.user_id = #{user_id} AND c.id = #{conversation_id}
                """);
    }

    private Future<Boolean> isEncrypted(UUID userId, UUID conversationId, String sql) {
        return keys.find(userId)
                .compose(key -> key.isEmpty()
                        ? Future.succeededFuture(false)
                        : database.query(sql, row -> Rows.flag(row, "encrypted"))
                                .batched()
                                .one(Parameters.of("user_id", userId).and("conversation_id", conversationId))
                                .map(found -> found.orElse(false)));
    }
}
