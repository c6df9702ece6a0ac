package io.parley.webhooks.delivery;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The SQL that records the outcomes of attempts. An attempt that another node has already recorded changes nothing. The webhook is locked
 * before the delivery, in the order of a cascade that deletes both; the other order ended in deadlocks.
 */
final class AttemptStore {
    private final Database database;

    AttemptStore(Database database) {
        this.database = database;
    }

    /** Records the last attempt: the event no longer waits. */
    Future<Void> close(Place webhook, Delivery delivery, Outcome outcome, Instant at) {
        return database.query("""
                        WITH held AS MATERIALIZED (
                            SELECT id FROM webhooks WHERE user_id = #{user_id} AND id = #{webhook_id} FOR KEY SHARE),
                        done AS (
                            DELETE FROM webhook_deliveries d
                             USING held
                             WHERE d.user_id = #{user_id} AND d.id = #{event_id} AND d.webhook_id = held.id
                               AND d.attempts = #{attempts}
                            RETURNING d.webhook_id)
                        INSERT INTO webhook_attempts (user_id, id, webhook_id, event_id, type, attempt, status, error, at)
                        SELECT #{user_id}, #{id}, webhook_id, #{event_id}, #{type}, #{attempts} + 1, #{status}, #{error}, #{at}
                          FROM done
                        """).run(of(webhook, delivery, outcome, at)).mapEmpty();
    }

    /** Records an attempt after which another one follows. */
    Future<Void> retry(Place webhook, Delivery delivery, Outcome outcome, Instant at, Instant dueAt) {
        return database.query("""
                        WITH held AS MATERIALIZED (
                            SELECT id FROM webhooks WHERE user_id = #{user_id} AND id = #{webhook_id} FOR KEY SHARE),
                        later AS (
                            UPDATE webhook_deliveries d SET attempts = #{attempts} + 1, due_at = #{due_at}
                              FROM held
                             WHERE d.user_id = #{user_id} AND d.id = #{event_id} AND d.webhook_id = held.id
                               AND d.attempts = #{attempts}
                            RETURNING d.webhook_id)
                        INSERT INTO webhook_attempts (user_id, id, webhook_id, event_id, type, attempt, status, error, at)
                        SELECT #{user_id}, #{id}, webhook_id, #{event_id}, #{type}, #{attempts} + 1, #{status}, #{error}, #{at}
                          FROM later
                        """)
                .run(of(webhook, delivery, outcome, at).and("due_at", dueAt))
                .mapEmpty();
    }

    private static Parameters of(Place webhook, Delivery delivery, Outcome outcome, Instant at) {
        return Parameters.of("user_id", webhook.userId())
                .and("id", Ids.next())
                .and("webhook_id", webhook.id())
                .and("event_id", delivery.id())
                .and("type", delivery.type())
                .and("attempts", delivery.attempts())
                .and("status", outcome.status())
                .and("error", outcome.error())
                .and("at", at);
    }

    /** Returns since when all attempts have failed. */
    Future<Optional<Instant>> noteFailure(Place webhook, Instant at) {
        return database.query("""
                        UPDATE webhooks SET failing_since = coalesce(failing_since, #{at})
                         WHERE user_id = #{user_id} AND id = #{id}
                        RETURNING failing_since
                        """, row -> Rows.instant(row, "failing_since"))
                .one(of(webhook).and("at", at));
    }

    Future<Void> noteSuccess(Place webhook) {
        return database.query("""
                        UPDATE webhooks SET failing_since = NULL
                         WHERE user_id = #{user_id} AND id = #{id} AND failing_since IS NOT NULL
                        """).run(of(webhook)).mapEmpty();
    }

    /** Deletes the events that wait for the webhook as well. Returns whether it was on before. */
    Future<Boolean> switchOff(Place webhook, DisabledReason reason) {
        return database.query("""
                        WITH changed AS (
                            UPDATE webhooks
                               SET is_active = false, disabled_reason = #{reason}, next_due_at = NULL,
                                   updated_at = next_version(updated_at, now())
                             WHERE user_id = #{user_id} AND id = #{id} AND is_active
                            RETURNING id),
                        dropped AS (
                            DELETE FROM webhook_deliveries WHERE user_id = #{user_id} AND webhook_id = #{id})
                        SELECT id FROM changed
                        """, row -> Rows.uuid(row, "id"))
                .recording(id -> List.of(
                        SecurityEvent.about(SecurityEventType.WEBHOOK_DISABLED, webhook.userId(), null, Origin.LOCAL)
                                .with("webhook_id", id.toString())
                                .with("reason", reason.name().toLowerCase(Locale.ROOT))))
                .one(of(webhook).and("reason", reason))
                .map(Optional::isPresent);
    }

    private static Parameters of(Place webhook) {
        return Parameters.of("user_id", webhook.userId()).and("id", webhook.id());
    }
}
