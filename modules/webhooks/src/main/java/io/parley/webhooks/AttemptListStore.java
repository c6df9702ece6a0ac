package io.parley.webhooks;

import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;

/** The SQL that lists attempts. */
final class AttemptListStore {
    private final Database database;

    AttemptListStore(Database database) {
        this.database = database;
    }

    Future<Page<DeliveryAttempt>> list(Webhooks.ListAttempts query) {
        return new Listing<>(
                        database,
                        "SELECT id, event_id, type, attempt, status, error, at FROM webhook_attempts WHERE true",
                        List.of(),
                        "at",
                        "id",
                        AttemptListStore::attempt,
                        attempt -> new Cursor(attempt.at(), attempt.id()))
                .page(
                        Conditions.of(
                                        "user_id = #{user_id}",
                                        "user_id",
                                        query.caller().userId())
                                .in("webhook_id = #{webhook_id}", "webhook_id", query.id()),
                        query.page());
    }

    private static DeliveryAttempt attempt(Row row) {
        return new DeliveryAttempt(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "event_id"),
                Rows.text(row, "type"),
                Rows.integer(row, "attempt"),
                Rows.nullableInteger(row, "status"),
                Rows.nullableText(row, "error"),
                Rows.instant(row, "at"));
    }
}
