package io.parley.bench;

import io.parley.bench.durability.MixedWriter;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.parley.postgres.Jdbc;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills the program and its PostgreSQL under mixed writes, and looks whether anything acknowledged is lost or there twice. */
@Command(
        name = "kill",
        description = "Kills the server and its PostgreSQL in turn under writes, and checks what is left.")
final class Kill implements Callable<Integer> {
    private static final int ATTEMPTS = 5;

    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(names = "--rounds", description = "Kills of each of the two (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--writers", description = "Users that write at the same time (default: ${DEFAULT-VALUE}).")
    private int writers = 4;

    @Option(names = "--millis", description = "Writing before each kill (default: ${DEFAULT-VALUE}).")
    private long millis = 2_000;

    private final List<String> faults = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (var workspace = Workspace.create()) {
            var server = start(workspace);
            try {
                var users = Stream.generate(MixedWriter::new).limit(writers).toList();
                for (var user : users) user.connect(server.port());
                for (int round = 0; round < rounds; round++) {
                    writeUntilKilled(users, server::kill);
                    server = start(workspace);
                    check(users, server, "program", round);
                    writeUntilKilled(users, server::killPostgres);
                    check(users, server, "PostgreSQL", round);
                }
                for (var user : users) faults.addAll(user.wrong());
                checkEvents(users, server);
                if (server.command(options.jar(), "audit", "verify") != 0) faults.add("the chain of events is broken");
            } finally {
                server.close();
            }
        }
        faults.forEach(System.out::println);
        System.out.println(faults.isEmpty() ? "nothing lost, nothing twice, chain whole" : faults.size() + " faults");
        return faults.isEmpty() ? 0 : 1;
    }

    // A start fails if PostgreSQL recovers for longer than the server waits, and a supervisor starts it again.
    private ServerUnderTest start(Workspace workspace) throws IOException {
        for (int attempt = 1; ; attempt++)
            try {
                return new ServerUnderTest(options.jar(), workspace, Map.of());
            } catch (IllegalStateException failed) {
                if (attempt == ATTEMPTS) throw failed;
            }
    }

    private interface Killing {
        void now() throws IOException;
    }

    // A writer ends with the first write that is not acknowledged; the rest of a round is not longer than that.
    private void writeUntilKilled(List<MixedWriter> users, Killing kill)
            throws IOException, InterruptedException, ExecutionException {
        var stopped = new AtomicBoolean();
        var threads = Executors.newFixedThreadPool(users.size());
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (var user : users)
                writing.add(threads.submit(() -> {
                    user.writeUntil(stopped::get);
                    return null;
                }));
            TimeUnit.MILLISECONDS.sleep(millis);
            kill.now();
            TimeUnit.MILLISECONDS.sleep(100);
            stopped.set(true);
            for (var each : writing) each.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private void check(List<MixedWriter> users, ServerUnderTest server, String killed, int round)
            throws IOException, InterruptedException {
        server.awaitReady();
        int acknowledged = 0;
        for (var user : users) {
            user.connect(server.port());
            faults.addAll(user.lost());
            user.repeat();
            acknowledged += user.acknowledged();
        }
        System.out.printf(
                "round %d, %s killed: %d writes acknowledged so far, %d faults%n",
                round + 1, killed, acknowledged, faults.size());
    }

    // Each key and its event are written in one transaction.
    private void checkEvents(List<MixedWriter> users, ServerUnderTest server) {
        long keys = users.stream().mapToInt(MixedWriter::providerKeys).sum();
        long events = Jdbc.run(server.database(), Kill::countEvents);
        if (events != keys) faults.add(events + " events of " + keys + " provider keys");
        System.out.printf("%d events of %d provider keys%n", events, keys);
    }

    private static long countEvents(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT count(*) FROM security_events WHERE type = 'api_key.created'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
