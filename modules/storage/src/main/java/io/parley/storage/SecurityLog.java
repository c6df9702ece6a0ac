package io.parley.storage;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.storage.pool.FollowedTransaction;
import io.parley.storage.pool.NamedValues;
import io.parley.storage.pool.PoolPerLoop;
import io.parley.storage.pool.Statements;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records security events with the statements that they follow from, and writes their lines to the log. The function that the module
 * audit publishes returns the line, because only it knows the number, the time and the hash.
 */
public final class SecurityLog {
    static final String RECORD = """
        SELECT record_security_event(#{type}, #{actor_id}, #{subject_id}, #{session_id}, #{ip}, #{user_agent}, #{detail}) AS line
        """;

    private static final Logger log = LoggerFactory.getLogger("audit");

    private final PoolPerLoop pools;
    private final Statements statements;
    private final Map<String, FollowedTransaction> recorded = new ConcurrentHashMap<>();

    SecurityLog(PoolPerLoop pools, Statements statements) {
        this.pools = pools;
        this.statements = statements;
    }

    /** @param events to record, from the rows of the statement */
    Function<NamedValues, Future<RowSet<Row>>> recording(
            String sql, Function<RowSet<Row>, List<SecurityEvent>> events) {
        statements.execution(RECORD); // so that it is one of the texts that tests examine
        var transaction = recorded.computeIfAbsent(sql, each -> new FollowedTransaction(pools, sql, RECORD));
        return values -> transaction
                .execute(values, rows -> parameters(events.apply(rows)))
                .map(SecurityLog::written);
    }

    private static RowSet<Row> written(FollowedTransaction.Result result) {
        result.answers().forEach(SecurityLog::write);
        return result.rows();
    }

    private static List<Parameters> parameters(List<SecurityEvent> events) {
        return events.stream().map(SecurityLog::parameters).toList();
    }

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
}
