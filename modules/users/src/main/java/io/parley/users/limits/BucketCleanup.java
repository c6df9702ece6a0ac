package io.parley.users.limits;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.time.Duration;

/** The SQL that deletes buckets that are full again, and addresses that are no longer known. */
public final class BucketCleanup {
    private static final int PAGE_ROWS = 1_000;

    /** Below PostgreSQL's deadlock_timeout (1s), so that of two transactions that wait for each other this one gives up. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Database database;

    public BucketCleanup(Database database) {
        this.database = database;
    }

    /** Returns the number of deleted rows. */
    public Future<Integer> deleteFull() {
        return deletePages("""
                DELETE FROM rate_buckets
                 WHERE full_at < now()
                   AND key = ANY(ARRAY(SELECT key FROM rate_buckets WHERE full_at < now() ORDER BY full_at LIMIT #{limit}))
                """).compose(buckets -> deletePages("""
                DELETE FROM known_addresses
                 WHERE known_until < now()
                   AND key = ANY(ARRAY(SELECT key FROM known_addresses WHERE known_until < now()
                                        ORDER BY known_until LIMIT #{limit}))
                """).map(addresses -> buckets + addresses));
    }

    private Future<Integer> deletePages(String deletion) {
        return database.query(deletion)
                .within(LIMIT)
                .run(Parameters.of("limit", PAGE_ROWS))
                .compose(deleted -> deleted < PAGE_ROWS
                        ? Future.succeededFuture(deleted)
                        : deletePages(deletion).map(further -> deleted + further))
                .recover(BucketCleanup::stop);
    }

    // The next run continues.
    private static Future<Integer> stop(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.TIMEOUT
                ? Future.succeededFuture(0)
                : Future.failedFuture(failure);
    }
}
