package io.parley.bench.subject;

import io.parley.postgres.DatabaseUrl;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long writing transactions of a database hold their locks: asks the server every 2 ms over a connection of
 * its own.
 */
public final class LockWatch {
    // A transaction has an id from its first lock on a row to its end.
    private static final String WRITERS = """
        SELECT pid || ' ' || xact_start AS transaction, extract(epoch FROM clock_timestamp() - xact_start) AS seconds
          FROM pg_stat_activity
         WHERE datname = current_database() AND backend_type = 'client backend' AND backend_xid IS NOT NULL
        """;

    private final DatabaseUrl url;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Map<String, Duration>> seen;

    private LockWatch(DatabaseUrl url) {
        this.url = url;
        this.seen = CompletableFuture.supplyAsync(this::watch, task -> new Thread(task, "lock-watch").start());
    }

    public static LockWatch start(DatabaseUrl url) {
        return new LockWatch(url);
    }

    /** Stops measuring. Returns every transaction seen, with the longest time that it held locks. */
    public Map<String, Duration> end() {
        end.countDown();
        return seen.join();
    }

    private Map<String, Duration> watch() {
        try (var connection = url.connect();
                var writers = connection.prepareStatement(WRITERS)) {
            var longest = new HashMap<String, Duration>();
            while (!end.await(2, TimeUnit.MILLISECONDS)) look(writers, longest);
            return longest;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void look(PreparedStatement writers, Map<String, Duration> longest) throws SQLException {
        try (var rows = writers.executeQuery()) {
            while (rows.next()) {
                var time = Duration.ofNanos((long) (rows.getDouble("seconds") * 1e9));
                longest.merge(
                        rows.getString("transaction"), time, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
    }
}
