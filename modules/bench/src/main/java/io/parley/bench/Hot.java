package io.parley.bench;

import io.parley.bench.floor.BareServer;
import io.parley.bench.floor.SqlFloor;
import io.parley.bench.load.BenchToken;
import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.MeasuredRounds;
import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import io.parley.bench.load.SeedData;
import io.parley.bench.report.Report;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ProcessUsage;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the hot operations at a million messages, together with what HTTP alone and SQL alone cost. */
@Command(
        name = "hot",
        description =
                "Measures requests a second, latency, CPU and allocation of the hot operations, and their floors.")
final class Hot implements Callable<Integer> {
    private static final int CONNECTIONS = 8;
    private static final double ROWS_RATE = 200;
    private static final int ROUNDS = 3;

    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(
            names = "--messages",
            split = ",",
            description = "Messages in the database, step by step (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

    @Option(names = "--seconds", description = "Seconds of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--paths",
            split = ",",
            description = "Measure only these operations, at the last number of messages: ${COMPLETION-CANDIDATES}.")
    private List<Operation> selected = List.of();

    @Option(names = "--out", description = "Directory for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("modules/bench/target/results");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        Files.createDirectories(out);
        try (var workspace = Workspace.create();
                var report = new Report(out)) {
            report.machine();
            SeedData seed;
            try (var subject = new ServerUnderTest(options.jar(), workspace, settings(2))) {
                seed = new SeedData(subject.database());
                if (!selected.isEmpty()) {
                    grow(seed, sizes.get(sizes.size() - 1), report);
                    measureOperations(subject, seed, selected, report);
                    return 0;
                }
                measureRows(subject, seed, report);
                measureOperations(subject, seed, List.of(Operation.values()), report);
            }
            measureInstances(workspace, seed, report);
            new StartTimes(vertx, options.jar(), workspace, report).run();
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    static Map<String, String> settings(int instances) {
        var text = String.valueOf(instances);
        return Map.of(
                "PARLEY_JWT_SECRET", BenchToken.KEY,
                "PARLEY_INSTANCES_GATEWAY", text,
                "PARLEY_INSTANCES_CONVERSATIONS", text,
                "PARLEY_INSTANCES_MESSAGES", text,
                "PARLEY_INSTANCES_TASKS", text);
    }

    // The same requests at the same low rate show whether more rows cost more.
    private void measureRows(ServerUnderTest subject, SeedData seed, Report report) throws SQLException {
        var operations = List.of(Operation.MESSAGE, Operation.PAGE, Operation.CONVERSATIONS);
        for (int size : sizes) {
            grow(seed, size, report);
            var load = RequestMix.of(vertx, subject, seed);
            // Otherwise the first operation would pay for the code that all share.
            if (size == sizes.get(0)) operations.forEach(operation -> load.warm(operation));
            for (var operation : operations) {
                double maxPerSecond = load.warm(operation);
                report.rows(operation, size, maxPerSecond, load.atRate(operation, ROWS_RATE, time()));
            }
        }
    }

    private static void grow(SeedData seed, int size, Report report) throws SQLException {
        long startedAt = System.nanoTime();
        seed.grow(size);
        report.seeded(size, (System.nanoTime() - startedAt) / 1e9);
    }

    private void measureOperations(ServerUnderTest subject, SeedData seed, List<Operation> operations, Report report)
            throws IOException {
        var floor = new SqlFloor(vertx, subject.database(), CONNECTIONS);
        for (var operation : operations) {
            var load = RequestMix.of(vertx, subject, seed);
            load.warm(operation);
            var rounds = rounds(subject, load, floor, operation, report);
            var atTenth = load.atRate(operation, rounds.perSecond() / 10, time());
            report.operation(operation, rounds, atTenth);
            if (operation == Operation.MESSAGE)
                for (int percent : List.of(10, 25, 50, 70, 80, 90))
                    report.load(percent, load.atRate(operation, rounds.perSecond() * percent / 100, time()));
        }
        for (var operation : List.of(Operation.MESSAGE, Operation.PAGE))
            if (operations.contains(operation))
                measureTrashFilter(floor, operation, RequestMix.of(vertx, subject, seed), report);
        Blocking.await(floor.close());
        report.resident(subject.resident());
    }

    // The speed of a machine varies from minute to minute, so each round measures its own floors.
    private MeasuredRounds rounds(
            ServerUnderTest subject, RequestMix load, SqlFloor floor, Operation operation, Report report)
            throws IOException {
        int bytes = Blocking.await(load.send(operation)).length();
        var rounds = new MeasuredRounds(bytes);
        try (var usage = new ProcessUsage(subject.process(), subject.postmaster());
                var bare = BareServer.start(vertx, RequestMix.WORKERS)) {
            bare.run(operation, bytes, RequestMix.WARM_UP);
            measureSql(floor, load, operation, RequestMix.WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                double httpPerSecond = bare.run(operation, bytes, time().dividedBy(2));
                double sqlPerSecond = measureSql(floor, load, operation, time().dividedBy(2));
                var before = usage.sample();
                var full = load.atFullLoad(operation, time());
                var measured =
                        new MeasuredRounds.Round(full, usage.sample().since(before), httpPerSecond, sqlPerSecond);
                report.progress(operation, measured);
                rounds.add(measured);
            }
        }
        return rounds;
    }

    private double measureSql(SqlFloor floor, RequestMix load, Operation operation, Duration time) {
        if (operation == Operation.SEARCH) return Double.NaN;
        return ClosedLoop.run(vertx, number -> floor.run(operation, load.randomMessage()), RequestMix.WORKERS, time)
                .perSecond();
    }

    // One at a time, alternating, so that nothing else differs.
    private void measureTrashFilter(SqlFloor floor, Operation operation, RequestMix load, Report report) {
        var filtered = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        var unfiltered = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        ClosedLoop.run(
                vertx,
                number -> number % 2 == 0
                        ? timed(floor.run(operation, load.randomMessage()), filtered)
                        : timed(floor.runWithTrash(operation, load.randomMessage()), unfiltered),
                1,
                time());
        report.trash(operation, filtered.getMean() / 1000, unfiltered.getMean() / 1000);
    }

    private static Future<?> timed(Future<?> response, Histogram micros) {
        long startedAt = System.nanoTime();
        return response.onComplete(
                done -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt)));
    }

    private void measureInstances(Workspace workspace, SeedData seed, Report report) throws IOException {
        for (int instances : List.of(1, 2)) {
            try (var subject = new ServerUnderTest(options.jar(), workspace, settings(instances))) {
                var load = RequestMix.of(vertx, subject, seed);
                for (var operation : List.of(Operation.MESSAGE, Operation.PAGE)) {
                    load.warm(operation);
                    report.instances(instances, operation, load.atFullLoad(operation, time()));
                }
            }
        }
    }

    private Duration time() {
        return Duration.ofSeconds(seconds);
    }
}
