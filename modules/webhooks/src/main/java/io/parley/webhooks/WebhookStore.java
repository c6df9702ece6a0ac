package io.parley.webhooks;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code webhooks} for its owner. */
final class WebhookStore {
    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_webhooks_user", Problem.unauthenticated("The account no longer exists."));
    private static final String COLUMNS =
            " id, user_id, url, events, description, is_active, disabled_reason, failing_since, created_at, updated_at ";

    private final Database database;
    private final Ownership ownership;

    WebhookStore(Database database) {
        this.database = database;
        this.ownership =
                new Ownership(database, "webhook", "SELECT user_id, true AS live FROM webhooks WHERE id = #{id}");
    }

    Future<List<Integer>> usedSlots(Caller caller) {
        return database.query("SELECT slot FROM webhooks WHERE user_id = #{user_id}", row -> Rows.integer(row, "slot"))
                .list(Parameters.of("user_id", caller.userId()));
    }

    /** Empty if the slot is taken. */
    Future<Optional<Webhook>> insert(Webhooks.Create command, UUID id, int slot, Buffer secret) {
        var draft = command.draft();
        return database.query("""
                    INSERT INTO webhooks (user_id, id, slot, url, events, description, is_active, encrypted_secret)
                    VALUES (#{user_id}, #{id}, #{slot}, #{url}, #{events}, #{description}, #{is_active}, #{encrypted_secret})
                    ON CONFLICT DO NOTHING
                    RETURNING""" + COLUMNS, WebhookStore::webhook)
                .translating(CONSTRAINTS)
                .recording(created ->
                        event(SecurityEventType.WEBHOOK_CREATED, command.caller(), created.id(), command.origin()))
                .one(rowOf(command.caller(), id)
                        .and("slot", slot)
                        .and("url", draft.url())
                        .and("events", draft.events().toArray(String[]::new))
                        .and("description", draft.description())
                        .and("is_active", !Boolean.FALSE.equals(draft.isActive()))
                        .and("encrypted_secret", secret));
    }

    Future<Webhook> find(Caller caller, UUID id) {
        var row = database.query(
                "SELECT" + COLUMNS + "FROM webhooks WHERE user_id = #{user_id} AND id = #{id}", WebhookStore::webhook);
        return ownership.read(() -> row.one(rowOf(caller, id)), caller, id);
    }

    Future<Page<Webhook>> list(Webhooks.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT" + COLUMNS + "FROM webhooks WHERE true",
                        List.of(),
                        "created_at",
                        "id",
                        WebhookStore::webhook,
                        webhook -> new Cursor(webhook.createdAt(), webhook.id()))
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        query.page());
    }

    Future<Webhook> update(Webhooks.Update command) {
        var patch = command.patch();
        return ownership.change(
                command.versions(),
                () -> database.query("""
                    WITH changed AS (
                        UPDATE webhooks
                           SET url = CASE WHEN #{sets_url} THEN #{url} ELSE url END,
                               events = CASE WHEN #{sets_events} THEN #{events}::text[] ELSE events END,
                               description = CASE WHEN #{sets_description} THEN #{description} ELSE description END,
                               is_active = CASE WHEN #{sets_is_active} THEN #{is_active}::boolean ELSE is_active END,
                               disabled_reason = CASE WHEN #{sets_is_active} THEN NULL ELSE disabled_reason END,
                               failing_since = CASE WHEN #{sets_is_active} THEN NULL ELSE failing_since END,
                               next_due_at = CASE WHEN #{sets_is_active} AND NOT #{is_active}::boolean THEN NULL
                                                  ELSE next_due_at END,
                               updated_at = next_version(updated_at, now())
                         WHERE user_id = #{user_id} AND id = #{id} AND (#{any_version} OR updated_at = ANY(#{versions}))
                        RETURNING""" + COLUMNS + """
                    ),
                    dropped AS (
                        DELETE FROM webhook_deliveries d
                         USING changed c
                         WHERE d.user_id = #{user_id} AND d.webhook_id = c.id AND NOT c.is_active)
                    SELECT""" + COLUMNS + "FROM changed", WebhookStore::webhook)
                        .recording(changed -> event(
                                SecurityEventType.WEBHOOK_CHANGED, command.caller(), command.id(), command.origin()))
                        .one(rowOf(command.caller(), command.id())
                                .versions(command.versions())
                                .patch("url", patch.url())
                                .patch("events", patch.events().map(events -> events.toArray(String[]::new)))
                                .patch("description", patch.description())
                                .patch("is_active", patch.isActive())),
                command.caller(),
                command.id());
    }

    Future<None> delete(Webhooks.Delete command) {
        return ownership.change(
                command.versions(),
                () -> database.query("""
                    DELETE FROM webhooks
                     WHERE user_id = #{user_id} AND id = #{id} AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING id
                    """, row -> None.NONE)
                        .recording(deleted -> event(
                                SecurityEventType.WEBHOOK_DELETED, command.caller(), command.id(), command.origin()))
                        .one(rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    /** @param previousUntil for how long requests are signed with the secret before, too */
    Future<None> rotate(Webhooks.Rotate command, Buffer secret, Instant previousUntil) {
        return ownership.change(
                () -> database.query("""
                    UPDATE webhooks
                       SET previous_secret = encrypted_secret, previous_until = #{previous_until},
                           encrypted_secret = #{encrypted_secret}
                     WHERE user_id = #{user_id} AND id = #{id}
                    RETURNING id
                    """, row -> None.NONE)
                        .recording(rotated -> event(
                                SecurityEventType.WEBHOOK_SECRET_ROTATED,
                                command.caller(),
                                command.id(),
                                command.origin()))
                        .one(rowOf(command.caller(), command.id())
                                .and("previous_until", previousUntil)
                                .and("encrypted_secret", secret)),
                command.caller(),
                command.id());
    }

    /** Stores an event for this webhook alone. False if it is switched off, or there is none. */
    Future<Boolean> test(Webhooks.Test command, UUID eventId) {
        return database.query("""
                    WITH woken AS (
                        UPDATE webhooks SET next_due_at = now(), queued_by = pg_current_xact_id()
                         WHERE user_id = #{user_id} AND id = #{id} AND is_active
                        RETURNING id)
                    INSERT INTO webhook_deliveries (user_id, id, webhook_id, resource, resource_id, kind)
                    SELECT #{user_id}, #{event_id}, id, 'webhook', id, 'test' FROM woken
                    """)
                .run(rowOf(command.caller(), command.id()).and("event_id", eventId))
                .map(rows -> rows > 0);
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("user_id", caller.userId()).and("id", id);
    }

    // Without the URL, which its owner has written.
    private static List<SecurityEvent> event(SecurityEventType type, Caller caller, UUID id, Origin origin) {
        return List.of(SecurityEvent.own(type, caller.userId(), origin).with("webhook_id", id.toString()));
    }

    private static Webhook webhook(Row row) {
        return new Webhook(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                Rows.text(row, "url"),
                List.of(row.getArrayOfStrings("events")),
                Rows.nullableText(row, "description"),
                Rows.flag(row, "is_active"),
                disabledReason(row),
                Rows.nullableInstant(row, "failing_since"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static @Nullable DisabledReason disabledReason(Row row) {
        return Rows.nullableText(row, "disabled_reason") == null
                ? null
                : Rows.choice(row, "disabled_reason", DisabledReason.class);
    }
}
