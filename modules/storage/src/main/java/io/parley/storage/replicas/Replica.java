package io.parley.storage.replicas;

import io.parley.kernel.telemetry.Meters;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.pool.StatementFailures;
import io.parley.storage.pool.Statements;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.internal.ContextInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One standby. It is read while it answers, is a standby of the primary, and is not late. */
final class Replica {
    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private static final String STATE = """
        SELECT system_identifier, (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database,
               current_user::text AS role, pg_is_in_recovery() AS in_recovery,
               (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint AS replayed
          FROM pg_control_system()
        """;

    /** A server that has failed is asked again after this time, and not before it is read. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final String name;
    private final DatabaseUrl url;
    private final @Nullable DatabaseRole role;
    private final Statements statements;
    private final ServerProbe probe;
    private final LagHistory lag;
    private final UserMarks marks;
    private final AtomicBoolean isRead = new AtomicBoolean();
    private final Set<Promise<?>> reading = ConcurrentHashMap.newKeySet();
    private volatile long replayed = -1;
    private volatile long nextQuestion = System.nanoTime();
    private boolean isAsked;
    private volatile @Nullable String complaint;

    /**
     * @param name in logs and meters
     * @param role that its connections must have; null for any
     * @param statements on its connections
     */
    Replica(
            Vertx vertx,
            String name,
            DatabaseUrl url,
            @Nullable DatabaseRole role,
            Statements statements,
            ServerProbe probe,
            LagHistory lag,
            UserMarks marks) {
        this.vertx = vertx;
        this.name = name;
        this.url = url;
        this.role = role;
        this.statements = statements;
        this.probe = probe;
        this.lag = lag;
        this.marks = marks;
        Meters.gauge("parley.replica.up", "1 if the replica is read.", () -> isRead() ? 1 : 0, "target", name);
        Meters.gauge(
                "parley.replica.lag.bytes",
                "How much of the primary's log the replica has not replayed.",
                () -> replayed < 0 ? Double.NaN : lag.behind(replayed),
                "target",
                name);
    }

    boolean isRead() {
        return isRead.get();
    }

    /** The position in the primary's log up to which it had replayed when it was last asked. */
    long replayed() {
        return replayed;
    }

    /** Whether it is read, and the user finds there what they wrote. */
    boolean mayAnswer(UUID user) {
        return isRead() && marks.allow(user, replayed);
    }

    /**
     * The answer of this server; fails at once if it is left out meanwhile.
     *
     * @param statement makes the execution from the statements of this server
     */
    <T> Future<T> read(Function<Statements, Future<T>> statement) {
        Promise<T> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
        reading.add(answer);
        if (!isRead()) answer.tryFail(leftOut());
        Future.succeededFuture(statements).compose(statement).onComplete((result, failure) -> {
            reading.remove(answer);
            if (failure == null) {
                answer.tryComplete(result);
                return;
            }
            if (StatementFailures.isOfServer(failure)) leaveOut("a read failed: " + reason(failure));
            answer.tryFail(failure);
        });
        return answer.future();
    }

    /** Asks for its state, unless it has not answered the last question yet. Call it in one context only. */
    void check(Supplier<@Nullable ServerIdentity> primary) {
        if (isAsked || System.nanoTime() - nextQuestion < 0) return;
        isAsked = true;
        probe.ask(STATE)
                .onComplete(answered -> isAsked = false)
                .onSuccess(state -> judge(state, primary.get()))
                .onFailure(failure -> leaveOut(reason(failure)));
    }

    private void judge(Row state, @Nullable ServerIdentity primary) {
        if (primary == null) return;
        var fault = fault(state, primary);
        if (fault != null) {
            refuse(fault);
        } else if (state.getLong("replayed") != null) {
            replayed = state.getLong("replayed");
            judge(System.nanoTime());
        }
    }

    private @Nullable String fault(Row state, ServerIdentity primary) {
        var identity = ServerIdentity.of(state);
        if (identity.system() != primary.system())
            return "is no standby of this primary: its system identifier is another one";
        if (identity.database() != primary.database())
            return "is a standby of this primary, but names another database";
        if (!state.getBoolean("in_recovery")) return "is no standby: it is not in recovery";
        if (role != null && !role.text().equals(state.getString("role")))
            return "would be read as " + state.getString("role") + ", past row-level security";
        return null;
    }

    /** Leaves it out if it is late now, and reads it again if it has caught up. */
    private void judge(long now) {
        if (lag.isUnknown(now)) leaveOut("the primary does not answer, so its lag is not known");
        else if (lag.isLate(now, replayed)) leaveOut("it is too far behind the primary");
        else if (replayed >= marks.floor()) takeIn();
    }

    private void takeIn() {
        complaint = null;
        if (isRead.compareAndSet(false, true)) log.info("The replica {} at {} is read", name, url);
    }

    private void refuse(String fault) {
        replayed = -1;
        stop();
        if (!fault.equals(complaint)) log.error("The replica {} at {} {}. It is never read", name, url, fault);
        complaint = fault;
    }

    private void leaveOut(String reason) {
        boolean wasRead = stop();
        boolean isNew = wasRead || complaint == null;
        complaint = reason;
        if (isNew) log.warn("The replica {} at {} is left out: {}", name, url, reason);
    }

    private boolean stop() {
        nextQuestion = System.nanoTime() + PAUSE.toNanos();
        boolean wasRead = isRead.getAndSet(false);
        reading.forEach(answer -> answer.tryFail(leftOut()));
        return wasRead;
    }

    private static VertxException leftOut() {
        return VertxException.noStackTrace("the replica is left out");
    }

    // The message of the server may have something of the statement.
    private static String reason(Throwable failure) {
        return failure instanceof PgException refused ? "SQLSTATE " + refused.getSqlState() : failure.toString();
    }

    Future<Void> close() {
        return probe.close();
    }
}
