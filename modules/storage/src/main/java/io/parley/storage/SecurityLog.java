package io.parley.storage;

import io.parley.contracts.audit.SecurityEvent;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Security events as the function takes them that the module audit publishes, and their lines in the log. The function returns the
 * line, because only it knows the number, the time and the hash.
 */
public final class SecurityLog {
    static final String RECORD = """
        SELECT record_security_event(#{type}, #{actor_id}, #{subject_id}, #{session_id}, #{ip}, #{user_agent}, #{detail}) AS line
        """;

    private static final Logger log = LoggerFactory.getLogger("audit");

    static Parameters parameters(SecurityEvent event) {
        var origin = event.origin();
        return Parameters.of("type", event.type().text())
                .and("actor_id", event.actorId())
                .and("subject_id", event.userId())
                .and("session_id", origin.sessionId())
                .and("ip", origin.client().ip())
                .and("user_agent", origin.client().userAgent())
                .and("detail", event.detail().isEmpty() ? null : new JsonObject(event.detail()).encode());
    }

    static void write(RowSet<Row> recorded) {
        for (var row : recorded) write(Rows.text(row, "line"));
    }

    /** Writes what one of those functions returned, after its transaction has ended. */
    public static void write(String line) {
        log.info("{}", line);
    }

    private SecurityLog() {}
}
