package io.parley.storage.pool;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Recognises failures after which a statement can be repeated. */
public final class StatementFailures {
    /**
     * Whether the statement certainly was not executed, so that it may be sent again. A connection refuses a prepared
     * statement once after its table has changed (0A000). The other cases are connections that were closed before the
     * statement went out, such as an idle one in the moment of its time-out. A statement that may have been sent fails
     * with {@link ClosedConnectionException} or another {@link IOException}.
     */
    public static boolean wasNotExecuted(Throwable failure) {
        if (failure instanceof PgException refused) return "0A000".equals(refused.getSqlState());
        // Netty fails a write so if the channel was closed before its last byte was written. Without its last message,
        // Sync, PostgreSQL commits nothing.
        if (failure instanceof ClosedChannelException) return true;
        var message = String.valueOf(failure.getMessage());
        return message.startsWith("Connection is not active now")
                || message.startsWith("Pending requests failed to be sent");
    }

    /** Whether the parameter values of this execution caused the failure, so that others of its batch can succeed. */
    static boolean isCausedByValues(Throwable failure) {
        return failure instanceof PgException refused
                ? String.valueOf(refused.getSqlState()).startsWith("22")
                : failure instanceof IllegalArgumentException || isMistyped(failure);
    }

    /** Whether a row was larger than {@link SmallRows} may be. */
    static boolean isTooLarge(Throwable failure) {
        return failure instanceof PgException refused && SmallRows.TOO_LARGE.equals(refused.getSqlState());
    }

    /** Whether a parameter has a type that the client cannot encode for its position. */
    public static boolean isMistyped(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return message.startsWith("Parameter at position") || message.startsWith("The number of parameters");
    }

    /** Whether the server certainly did not commit the statement. */
    public static boolean wasNotCommitted(Throwable failure) {
        return (failure instanceof PgException refused && !isGoing(refused))
                || failure instanceof IllegalArgumentException
                || wasNotExecuted(failure)
                || isTooBusy(failure)
                || isMistyped(failure);
    }

    /** Whether the connection or its server is at fault, not the statement, so that the next one would fare no better. */
    public static boolean isOfServer(Throwable failure) {
        if (failure instanceof PgException refused) return isGoing(refused);
        return !(failure instanceof IllegalArgumentException
                || wasNotExecuted(failure)
                || isTooBusy(failure)
                || isMistyped(failure));
    }

    // Shuts down, starts, accepts no login or no more connections.
    private static boolean isGoing(PgException refused) {
        var state = String.valueOf(refused.getSqlState());
        return state.startsWith("57P") || state.startsWith("08") || state.startsWith("28") || state.startsWith("53");
    }

    private static boolean isTooBusy(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException
                || String.valueOf(failure.getMessage()).equals(PoolSlice.NOT_IN_TIME);
    }

    private StatementFailures() {}
}
