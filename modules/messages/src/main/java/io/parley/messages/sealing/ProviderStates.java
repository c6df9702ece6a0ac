package io.parley.messages.sealing;

import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessageState;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.UUID;

/** The SQL that reads what providers attached to messages. No other statement selects these columns. */
public final class ProviderStates {
    private final Database database;

    public ProviderStates(Database database) {
        this.database = database.sealing(MessageTexts.STATES, "id");
    }

    public Future<Messages.ProviderStates> find(Messages.FindProviderStates query) {
        return database.query(
                        """
                SELECT user_id, id, provider_state, sealed_state AS sealed
                  FROM messages
                 WHERE user_id = #{user_id} AND id = ANY(#{ids}::uuid[]) AND deleted_at IS NULL
                   AND state_provider = #{provider}
                """, row -> new MessageState(Rows.uuid(row, "id"), new Json(Rows.text(row, "provider_state"))))
                .list(Parameters.of("user_id", query.caller().userId())
                        .and("ids", query.messageIds().toArray(UUID[]::new))
                        .and("provider", query.provider()))
                .map(Messages.ProviderStates::new);
    }
}
