package io.parley.webhooks.delivery;

import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL by which one node at a time delivers to a webhook. Leases are times of the database, because the clocks of nodes differ; what is
 * due is measured by the node's.
 */
final class QueueStore {
    /** More than the deliveries of a lease can take. Whoever dies keeps a webhook for no longer. */
    static final double LEASE_SECONDS = 60;

    private final Database database;

    /** What is left at the end of a lease, and the last transaction that had added something. */
    private record Left(
            @Nullable Instant nextDueAt, @Nullable String queuedBy) {}

    QueueStore(Database database) {
        this.database = database;
    }

    /**
     * Looks for candidates of all users without a lock, the longest due first.
     *
     * @param without users for whom enough is being delivered
     * @param withFailing whether webhooks whose last attempt failed are wanted, too
     */
    Future<List<WaitingWebhook>> waiting(Instant now, Collection<UUID> without, boolean withFailing, int limit) {
        return database.acrossUsers()
                .query("""
                        SELECT user_id, id, failing_since IS NOT NULL AS is_failing
                          FROM webhooks
                         WHERE next_due_at <= #{now} AND (busy_until IS NULL OR busy_until <= now())
                           AND (#{with_failing} OR failing_since IS NULL) AND user_id <> ALL(#{without}::uuid[])
                         ORDER BY next_due_at
                         LIMIT #{limit}
                        """, row -> new WaitingWebhook(place(row), Rows.flag(row, "is_failing")))
                .list(Parameters.of("now", now)
                        .and("without", without.toArray(UUID[]::new))
                        .and("with_failing", withFailing)
                        .and("limit", limit));
    }

    /** Empty if another node was faster. */
    Future<Optional<ClaimedWebhook>> claim(Place place, Instant now) {
        return database.query("""
                        UPDATE webhooks
                           SET busy_until = now() + #{lease} * interval '1 second'
                         WHERE user_id = #{user_id} AND id = #{id} AND next_due_at <= #{now}
                           AND (busy_until IS NULL OR busy_until <= now())
                        RETURNING user_id, id, url, encrypted_secret, failing_since, busy_until,
                                  CASE WHEN previous_until > #{now} THEN previous_secret END AS previous_secret
                        """, QueueStore::claimed)
                .one(of(place).and("now", now).and("lease", LEASE_SECONDS));
    }

    Future<List<Delivery>> due(Place place, Instant now, int limit) {
        return database.query("""
                        SELECT id, resource, resource_id, kind, created_at, attempts
                          FROM webhook_deliveries
                         WHERE user_id = #{user_id} AND webhook_id = #{id} AND due_at <= #{now}
                         ORDER BY due_at, id
                         LIMIT #{limit}
                        """, QueueStore::delivery)
                .list(of(place).and("now", now).and("limit", limit));
    }

    /** Ends the lease. What was added since it was looked at keeps its time. */
    Future<Void> release(ClaimedWebhook webhook) {
        return left(webhook.place())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : release(webhook, found.get().nextDueAt(), found.get().queuedBy()));
    }

    /** Ends the lease; everything waits until then. */
    Future<Void> postpone(ClaimedWebhook webhook, Instant until) {
        return left(webhook.place())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : release(webhook, until, found.get().queuedBy()));
    }

    private Future<Optional<Left>> left(Place place) {
        return database.query(
                        """
                        SELECT queued_by::text AS queued_by,
                               (SELECT min(due_at) FROM webhook_deliveries
                                 WHERE user_id = #{user_id} AND webhook_id = #{id}) AS next_due_at
                          FROM webhooks
                         WHERE user_id = #{user_id} AND id = #{id}
                        """,
                        row -> new Left(Rows.nullableInstant(row, "next_due_at"), Rows.nullableText(row, "queued_by")))
                .one(of(place));
    }

    private Future<Void> release(ClaimedWebhook webhook, @Nullable Instant next, @Nullable String queuedBy) {
        return database.query("""
                        UPDATE webhooks
                           SET busy_until = NULL,
                               next_due_at = CASE WHEN queued_by IS NOT DISTINCT FROM #{queued_by}::text::xid8
                                                  THEN #{next}::timestamptz ELSE next_due_at END
                         WHERE user_id = #{user_id} AND id = #{id} AND busy_until = #{busy_until}
                        """)
                .run(of(webhook.place())
                        .and("queued_by", queuedBy)
                        .and("next", next)
                        .and("busy_until", webhook.busyUntil()))
                .mapEmpty();
    }

    private static Parameters of(Place place) {
        return Parameters.of("user_id", place.userId()).and("id", place.id());
    }

    private static Place place(Row row) {
        return new Place(Rows.uuid(row, "user_id"), Rows.uuid(row, "id"));
    }

    private static ClaimedWebhook claimed(Row row) {
        var ciphertexts = new ArrayList<Buffer>();
        ciphertexts.add(Buffer.buffer(Rows.bytes(row, "encrypted_secret")));
        var previous = row.getBuffer("previous_secret");
        if (previous != null) ciphertexts.add(previous);
        return new ClaimedWebhook(
                place(row),
                Rows.text(row, "url"),
                List.copyOf(ciphertexts),
                Rows.nullableInstant(row, "failing_since"),
                Rows.instant(row, "busy_until"));
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                Rows.uuid(row, "id"),
                Rows.text(row, "resource"),
                Rows.uuid(row, "resource_id"),
                Rows.text(row, "kind"),
                Rows.instant(row, "created_at"),
                Rows.integer(row, "attempts"));
    }
}
