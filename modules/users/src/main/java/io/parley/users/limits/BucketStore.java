package io.parley.users.limits;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The SQL of the table {@code rate_buckets}. A token that is taken moves the time at which the bucket is full by the time that a token
 * takes to come back; the bucket is empty if that time is a whole period away (the generic cell rate algorithm, ITU-T I.371).
 */
public final class BucketStore {
    // Of each bucket, in one order, so that two transactions never wait for each other. Not the rows: a full bucket has
    // none.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(id) FROM unnest(#{locks}::bigint[]) AS bucket (id)";

    private static final String WAITS = """
                    WITH clock AS MATERIALIZED (
                        SELECT clock_timestamp() AS now),
                    asked AS MATERIALIZED (
                        SELECT bucket, GREATEST(full_at, now) - now AS missing, now,
                               token * interval '1 microsecond' AS token, period * interval '1 microsecond' AS period
                          FROM unnest(#{keys}::bytea[], #{tokens}::bigint[], #{periods}::bigint[])
                               AS buckets (bucket, token, period)
                         CROSS JOIN clock
                          LEFT JOIN rate_buckets ON key = bucket),
                    waits AS (
                        SELECT max(missing + token - period) AS longest FROM asked)
                    """;
    private static final String WAIT = "SELECT (extract(epoch FROM longest) * 1000000)::bigint AS micros FROM waits";

    private final Database database;

    public BucketStore(Database database) {
        this.database = database;
    }

    /** Takes a token from each bucket, or from none if one of them is empty; returns how long to wait then. */
    Future<Optional<Duration>> take(List<Bucket> buckets) {
        if (buckets.isEmpty()) return Future.succeededFuture(Optional.empty());
        return findWait(buckets).compose(wait -> wait.isPresent() ? Future.succeededFuture(wait) : takeLocked(buckets));
    }

    // Without locks: a flood from one address must not occupy the connections with transactions that wait for each
    // other.
    Future<Optional<Duration>> findWait(List<Bucket> buckets) {
        return database.query(WAITS + WAIT, row -> Rows.bigint(row, "micros"))
                .only(rates(buckets))
                .map(BucketStore::waitOf);
    }

    private Future<Optional<Duration>> takeLocked(List<Bucket> buckets) {
        return database.query(WAITS + """
                    , taken AS (
                        INSERT INTO rate_buckets (key, full_at)
                        SELECT bucket, now + missing + token FROM asked, waits
                         WHERE longest <= interval '0'
                        ON CONFLICT (key) DO UPDATE SET full_at = EXCLUDED.full_at)
                    """ + WAIT, row -> Rows.bigint(row, "micros"))
                .afterLocking(LOCK)
                .only(rates(buckets).and("locks", locks(buckets)))
                .map(BucketStore::waitOf);
    }

    private static Parameters rates(List<Bucket> buckets) {
        return Parameters.of("keys", keys(buckets))
                .and("tokens", micros(buckets))
                .and("periods", buckets.stream().map(Bucket::micros).toArray(Long[]::new));
    }

    private static Optional<Duration> waitOf(long micros) {
        return micros <= 0 ? Optional.empty() : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    }

    /** Takes tokens that are gone already, from full buckets as well as from empty ones. */
    Future<Void> charge(List<Bucket> buckets, int tokens) {
        if (buckets.isEmpty()) return Future.succeededFuture();
        return database.query(WAITS + """
                    INSERT INTO rate_buckets (key, full_at)
                    SELECT bucket, now + missing + #{spent}::int * token FROM asked
                    ON CONFLICT (key) DO UPDATE SET full_at = EXCLUDED.full_at
                    """)
                .afterLocking(LOCK)
                .run(rates(buckets).and("spent", tokens).and("locks", locks(buckets)))
                .mapEmpty();
    }

    /** For each bucket, the time until it is full. */
    Future<List<Duration>> missing(List<Bucket> buckets) {
        return database.query("""
                    SELECT GREATEST((extract(epoch FROM full_at - clock_timestamp()) * 1000000)::bigint, 0) AS micros
                      FROM unnest(#{keys}::bytea[]) WITH ORDINALITY AS asked (bucket, number)
                      LEFT JOIN rate_buckets ON key = bucket
                     ORDER BY number
                    """, row -> Duration.of(Rows.bigint(row, "micros"), ChronoUnit.MICROS))
                .list(Parameters.of("keys", keys(buckets)));
    }

    /** Gives one token back to each bucket. */
    Future<Void> giveBack(List<Bucket> buckets) {
        if (buckets.isEmpty()) return Future.succeededFuture();
        return database.query("""
                    UPDATE rate_buckets b
                       SET full_at = b.full_at - a.token * interval '1 microsecond'
                      FROM unnest(#{keys}::bytea[], #{tokens}::bigint[]) AS a (key, token)
                     WHERE b.key = a.key
                    """)
                .afterLocking(LOCK)
                .run(Parameters.of("keys", keys(buckets))
                        .and("tokens", micros(buckets))
                        .and("locks", locks(buckets)))
                .mapEmpty();
    }

    /** Makes the buckets full. */
    Future<Void> refill(List<Bucket> buckets) {
        if (buckets.isEmpty()) return Future.succeededFuture();
        return database.query("DELETE FROM rate_buckets WHERE key = ANY(#{keys}::bytea[])")
                .afterLocking(LOCK)
                .run(Parameters.of("keys", keys(buckets)).and("locks", locks(buckets)))
                .mapEmpty();
    }

    private static Buffer[] keys(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::key).toArray(Buffer[]::new);
    }

    private static Long[] locks(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::lock).sorted().toArray(Long[]::new);
    }

    private static Long[] micros(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::microsPerToken).toArray(Long[]::new);
    }
}
