package io.parley.users.sessions;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/** A session that has got a new refresh token. */
record Opened(UUID userId, UUID familyId) {
    static Opened of(Row row) {
        return new Opened(row.getUUID("user_id"), row.getUUID("family_id"));
    }
}
