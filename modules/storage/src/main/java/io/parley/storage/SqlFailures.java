package io.parley.storage;

import io.parley.kernel.Problem;
import io.parley.storage.pool.StatementFailures;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates failures of the database to {@link Problem}. The SQLSTATE codes are those of appendix A of PostgreSQL's
 * manual. The log gets the code and the text of the statement, never the server's message or a parameter, which may
 * contain what a user wrote.
 */
final class SqlFailures {
    private static final Logger log = LoggerFactory.getLogger(SqlFailures.class);

    private static final Pattern PART = Pattern.compile("_p?\\d+$");

    static Throwable translate(String sql, Throwable failure, Map<String, Problem> constraints) {
        if (failure instanceof IllegalArgumentException) return failure;
        if (failure instanceof PgException rejected) return problem(sql, rejected, constraints);
        if (isUnreachable(failure)) {
            log.warn("The database cannot be reached: {}", failure.toString());
            return Problem.unavailable();
        }
        // An error is of this process, such as OutOfMemoryError, which ends it when it is logged. It has nothing that a
        // user wrote.
        if (failure instanceof Error) log.error("A statement failed: {}", oneLine(sql), failure);
        else log.error("A statement failed with {}: {}", failure.getClass().getName(), oneLine(sql));
        return Problem.internal();
    }

    private static Problem problem(String sql, PgException rejected, Map<String, Problem> constraints) {
        String state = String.valueOf(rejected.getSqlState());
        var known = rejected.getConstraint() == null ? null : constraints.get(logicalName(rejected.getConstraint()));
        if (known != null && state.startsWith("23")) return known;
        return switch (state) {
            case "57014", "25P03" -> Problem.timeout();
            case "22021", "22P05" -> Problem.invalid("", "A text contains a character that cannot be stored.");
            case "22003" -> Problem.invalid("", "A number is out of range.");
            default -> unforeseen(sql, rejected, state);
        };
    }

    // A partition's constraint is called pk_messages_p3, a shard's pk_messages_102041.
    private static String logicalName(String constraint) {
        return PART.matcher(constraint).replaceFirst("");
    }

    private static Problem unforeseen(String sql, PgException rejected, String state) {
        if (isTransient(state)) {
            log.warn("The database is temporarily unavailable: SQLSTATE {}", state);
            return Problem.unavailable();
        }
        log.error(
                "A statement failed with SQLSTATE {}, constraint {}: {}",
                state,
                rejected.getConstraint(),
                oneLine(sql));
        return Problem.internal();
    }

    // Broken connections, lack of resources, a server that stops or starts, a stale plan, a serialization failure.
    private static boolean isTransient(String state) {
        return switch (state) {
            case "57P01", "57P02", "57P03", "57P05", "0A000", "40001", "40P01", "55P03" -> true;
            default -> state.startsWith("08") || state.startsWith("53");
        };
    }

    // Vert.x throws a plain VertxException for a closed socket or pool, a wait that timed out and a failed
    // handshake, but also for a parameter of the wrong type, whose value it quotes.
    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof ClosedConnectionException
                || failure instanceof ConnectionPoolTooBusyException
                || (failure.getClass() == VertxException.class && !StatementFailures.isMistyped(failure));
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    private SqlFailures() {}
}
