package io.parley.webhooks;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/** The SQL that removes attempts which are no longer kept. */
final class WebhookPurge {
    static final Duration KEPT = Duration.ofDays(7);

    private final Database database;

    WebhookPurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return database.acrossUsers()
                .query("""
                        SELECT user_id, id FROM webhook_attempts
                         WHERE at <= now() - #{kept} * interval '1 second'
                         ORDER BY at LIMIT #{limit}
                        """, UserRow::of)
                .list(Parameters.of("kept", (double) KEPT.toSeconds()).and("limit", batch.limit()))
                .compose(rows -> UserRow.eachUser(rows, this::remove))
                .map(rows -> new Purged(rows, rows > 0));
    }

    private Future<Integer> remove(UUID user, UUID[] ids) {
        return database.query("DELETE FROM webhook_attempts WHERE user_id = #{user_id} AND id = ANY(#{ids})")
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user).and("ids", ids));
    }
}
