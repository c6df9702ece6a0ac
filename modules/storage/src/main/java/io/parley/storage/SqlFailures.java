package io.parley.storage;

import io.parley.kernel.Problem;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong in the database, in the words of {@link Problem}. The SQLSTATE codes are those of appendix A of
 * PostgreSQL's manual. The log gets the code and the text of the statement, never the server's message or a parameter:
 * those may hold what a user wrote.
 */
public final class SqlFailures {
    private static final Logger log = LoggerFactory.getLogger(SqlFailures.class);

    private static final Pattern PART = Pattern.compile("_p?\\d+$");

    static Throwable translate(String sql, Throwable failure, Map<String, Problem> constraints) {
        if (failure instanceof IllegalArgumentException) return failure;
        if (failure instanceof PgException refused) return problem(sql, refused, constraints);
        if (isUnreachable(failure)) {
            log.warn("The database cannot be reached: {}", failure.toString());
            return Problem.unavailable();
        }
        log.error("Failed without SQLSTATE as {}: {}", failure.getClass().getName(), oneLine(sql));
        return Problem.internal();
    }

    /**
     * Whether the statement certainly was not executed, so that it may be sent again. A connection refuses a prepared
     * statement once after its table has changed (0A000). The other cases are connections that were closed before the
     * statement went out, such as an idle one in the moment of its time-out. A statement that may have been sent fails
     * with {@link ClosedConnectionException} or another {@link IOException}.
     */
    static boolean wasNotExecuted(Throwable failure) {
        if (failure instanceof PgException refused) return "0A000".equals(refused.getSqlState());
        // Netty fails a write so if the channel was closed before its last byte was written. Without its last message,
        // Sync, PostgreSQL commits nothing.
        if (failure instanceof ClosedChannelException) return true;
        var message = String.valueOf(failure.getMessage());
        return message.startsWith("Connection is not active now")
                || message.startsWith("Pending requests failed to be sent");
    }

    /** Whether the values of this run are the reason, which another run may do better with. */
    public static boolean isOfItsValues(Throwable failure) {
        return failure instanceof PgException refused
                ? String.valueOf(refused.getSqlState()).startsWith("22")
                : failure instanceof IllegalArgumentException || isMistyped(failure);
    }

    private static Problem problem(String sql, PgException refused, Map<String, Problem> constraints) {
        String state = String.valueOf(refused.getSqlState());
        var known = refused.getConstraint() == null ? null : constraints.get(logicalName(refused.getConstraint()));
        if (known != null && state.startsWith("23")) return known;
        return switch (state) {
            case "57014", "25P03" -> Problem.timeout();
            case "22021", "22P05" -> Problem.invalid("", "A text holds a character that cannot be stored.");
            case "22003" -> Problem.invalid("", "A number is out of range.");
            default -> unforeseen(sql, refused, state);
        };
    }

    // A partition's constraint is called pk_messages_p3, a shard's pk_messages_102041.
    private static String logicalName(String constraint) {
        return PART.matcher(constraint).replaceFirst("");
    }

    private static Problem unforeseen(String sql, PgException refused, String state) {
        if (isPassing(state)) {
            log.warn("The database cannot answer just now: SQLSTATE {}", state);
            return Problem.unavailable();
        }
        log.error("SQLSTATE {}, constraint {}: {}", state, refused.getConstraint(), oneLine(sql));
        return Problem.internal();
    }

    // Broken connections, lack of resources, a server that stops or starts, a stale plan, a lost race.
    private static boolean isPassing(String state) {
        return switch (state) {
            case "57P01", "57P02", "57P03", "57P05", "0A000", "40001", "40P01", "55P03" -> true;
            default -> state.startsWith("08") || state.startsWith("53");
        };
    }

    // A plain VertxException is what Vert.x says of a closed socket or pool, a wait in vain or a failed handshake, but
    // also of a parameter of the wrong type, and that one it quotes.
    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof ClosedConnectionException
                || failure instanceof ConnectionPoolTooBusyException
                || (failure.getClass() == VertxException.class && !isMistyped(failure));
    }

    private static boolean isMistyped(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return message.startsWith("Parameter at position") || message.startsWith("The number of parameters");
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    private SqlFailures() {}
}
