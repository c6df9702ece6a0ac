package io.parley.bench;

import io.parley.bench.subject.LockWatch;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes one long conversation and measures how long the purge of it holds locks. */
@Command(name = "purge", description = "Measures how long the purge of one long conversation holds locks.")
final class Purge implements Callable<Integer> {
    private static final String USER = "'01900000-0000-7000-8000-00000000ada0'";
    private static final Duration LONGEST = Duration.ofMillis(200);

    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(names = "--messages", description = "Messages in the conversation (default: ${DEFAULT-VALUE}).")
    private int messages = 100_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var workspace = Workspace.create();
                var subject = new ServerUnderTest(
                        options.jar(),
                        workspace,
                        Map.of("PARLEY_RETENTION_TRASH_DAYS", "0", "PARLEY_RETENTION_INTERVAL", "1s"))) {
            var database = subject.database();
            fill(database);
            var watch = LockWatch.start(database);
            long start = System.nanoTime();
            execute(database, "UPDATE conversations SET deleted_at = now() WHERE user_id = " + USER);
            while (count(database) > 0) TimeUnit.MILLISECONDS.sleep(100);
            report(watch.end().values(), Duration.ofNanos(System.nanoTime() - start));
            return 0;
        }
    }

    // The first message is answered a thousand times, and every other one by the next.
    private void fill(DatabaseUrl database) {
        execute(
                database,
                "INSERT INTO users (id, email, password_hash) VALUES (" + USER + ", 'ada@example.org', 'none')");
        execute(
                database,
                "INSERT INTO conversations (id, user_id, title) VALUES (gen_random_uuid(), " + USER + ", 'Long')");
        execute(database, """
            INSERT INTO messages (id, conversation_id, user_id, parent_id, role, content, created_at, updated_at)
            SELECT ('01900000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, c.id, c.user_id,
                   CASE WHEN n > 0 AND (n < 1000 OR n %% 2 = 1) THEN ('01900000-0000-7000-8003-'
                       || lpad(to_hex(CASE WHEN n < 1000 THEN 0 ELSE n - 1 END), 12, '0'))::uuid END,
                   'user', 'word' || n %% 1009 || ' word' || n %% 5003, timestamptz '2026-01-01' + n * interval '1 s', now()
              FROM conversations c, generate_series(0, %d) n
            """.formatted(messages - 1));
        execute(database, "ANALYZE messages, conversations");
    }

    private void report(Collection<Duration> held, Duration whole) {
        var sorted = held.stream().sorted().toList();
        var longest = sorted.get(sorted.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "%d messages in %.1f s; locks held p50 %d ms, longest %d ms of at most %d ms, %d transactions seen%n",
                messages,
                whole.toMillis() / 1000.0,
                sorted.get(sorted.size() / 2).toMillis(),
                longest.toMillis(),
                LONGEST.toMillis(),
                sorted.size());
    }

    private static long count(DatabaseUrl database) {
        return Jdbc.run(database, connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM messages")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private static void execute(DatabaseUrl database, String sql) {
        Jdbc.run(database, connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
