package io.parley.bench;

import io.parley.bench.floor.BareServer;
import io.parley.bench.floor.SqlFloor;
import io.parley.bench.load.BenchToken;
import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.MeasuredRounds;
import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import io.parley.bench.load.SeedData;
import io.parley.bench.report.ProcessUsage;
import io.parley.bench.report.Report;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.StartTimes;
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

/** The hot paths at a million messages, beside what HTTP and SQL cost by themselves. */
@Command(
        name = "hot",
        description = "Requests a second, latency, CPU and allocation of the hot paths, and their floor.")
final class Hot implements Callable<Integer> {
    private static final int CONNECTIONS = 8;
    private static final double GENTLE = 200;
    private static final int ROUNDS = 3;

    @Mixin
    private MeasurementOptions measured = new MeasurementOptions();

    @Option(names = "--messages", split = ",", description = "how many there are, step by step (${DEFAULT-VALUE})")
    private List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

    @Option(names = "--seconds", description = "of each measurement (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(
            names = "--paths",
            split = ",",
            description = "measure these alone, at the last number of messages: ${COMPLETION-CANDIDATES}")
    private List<Operation> paths = List.of();

    @Option(names = "--out", description = "directory of the results (${DEFAULT-VALUE})")
    private Path out = Path.of("modules/bench/target/results");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        Files.createDirectories(out);
        try (var workspace = Workspace.create();
                var report = new Report(out)) {
            report.machine();
            SeedData seed;
            try (var subject = new ServerUnderTest(measured.jar(), workspace, settings(2))) {
                seed = new SeedData(subject.database());
                if (!paths.isEmpty()) {
                    grow(seed, sizes.get(sizes.size() - 1), report);
                    paths(subject, seed, paths, report);
                    return 0;
                }
                rows(subject, seed, report);
                paths(subject, seed, List.of(Operation.values()), report);
            }
            instances(workspace, seed, report);
            new StartTimes(vertx, measured.jar(), workspace, report).run();
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

    // How the same requests, at the same gentle rate, cost more or not where there are more rows.
    private void rows(ServerUnderTest subject, SeedData seed, Report report) throws SQLException {
        var operations = List.of(Operation.MESSAGE, Operation.PAGE, Operation.CONVERSATIONS);
        for (int size : sizes) {
            grow(seed, size, report);
            var asking = RequestMix.of(vertx, subject, seed);
            // What is measured first must not pay for what all share.
            if (size == sizes.get(0)) operations.forEach(operation -> asking.warm(operation));
            for (var operation : operations) {
                double most = asking.warm(operation);
                report.rows(operation, size, most, asking.gently(operation, GENTLE, time()));
            }
        }
    }

    private static void grow(SeedData seed, int size, Report report) throws SQLException {
        long began = System.nanoTime();
        seed.grow(size);
        report.seeded(size, (System.nanoTime() - began) / 1e9);
    }

    private void paths(ServerUnderTest subject, SeedData seed, List<Operation> operations, Report report)
            throws IOException {
        var floor = new SqlFloor(vertx, subject.database(), CONNECTIONS);
        for (var operation : operations) {
            var asking = RequestMix.of(vertx, subject, seed);
            asking.warm(operation);
            var rounds = rounds(subject, asking, floor, operation, report);
            var tenth = asking.gently(operation, rounds.perSecond() / 10, time());
            report.path(operation, rounds, tenth);
            if (operation == Operation.MESSAGE)
                for (int percent : List.of(10, 25, 50, 70, 80, 90))
                    report.load(percent, asking.gently(operation, rounds.perSecond() * percent / 100, time()));
        }
        for (var operation : List.of(Operation.MESSAGE, Operation.PAGE))
            if (operations.contains(operation)) trash(floor, operation, RequestMix.of(vertx, subject, seed), report);
        Blocking.await(floor.close());
        report.resident(subject.resident());
    }

    // A machine is not as fast in one minute as in the next, so each round has its own floors.
    private MeasuredRounds rounds(
            ServerUnderTest subject, RequestMix asking, SqlFloor floor, Operation operation, Report report)
            throws IOException {
        int bytes = Blocking.await(asking.ask(operation)).length();
        var rounds = new MeasuredRounds(bytes);
        try (var usage = new ProcessUsage(subject.process(), subject.postmaster());
                var bare = BareServer.start(vertx, RequestMix.ASKERS)) {
            bare.run(operation, bytes, RequestMix.WARMING);
            sql(floor, asking, operation, RequestMix.WARMING);
            for (int round = 0; round < ROUNDS; round++) {
                double http = bare.run(operation, bytes, time().dividedBy(2));
                double sql = sql(floor, asking, operation, time().dividedBy(2));
                var before = usage.sample();
                var full = asking.fully(operation, time());
                var measured = new MeasuredRounds.Round(full, usage.sample().since(before), http, sql);
                report.measured(operation, measured);
                rounds.add(measured);
            }
        }
        return rounds;
    }

    private double sql(SqlFloor floor, RequestMix asking, Operation operation, Duration time) {
        if (operation == Operation.SEARCH) return Double.NaN;
        return ClosedLoop.run(vertx, number -> floor.ask(operation, asking.anybody()), RequestMix.ASKERS, time)
                .perSecond();
    }

    // One after the other and in turn, so that nothing else differs.
    private void trash(SqlFloor floor, Operation operation, RequestMix asking, Report report) {
        var filtered = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        var whole = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        ClosedLoop.run(
                vertx,
                number -> number % 2 == 0
                        ? timed(floor.ask(operation, asking.anybody()), filtered)
                        : timed(floor.askWithTrash(operation, asking.anybody()), whole),
                1,
                time());
        report.trash(operation, filtered.getMean() / 1000, whole.getMean() / 1000);
    }

    private static Future<?> timed(Future<?> asked, Histogram micros) {
        long began = System.nanoTime();
        return asked.onComplete(answer -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began)));
    }

    private void instances(Workspace workspace, SeedData seed, Report report) throws IOException {
        for (int instances : List.of(1, 2)) {
            try (var subject = new ServerUnderTest(measured.jar(), workspace, settings(instances))) {
                var asking = RequestMix.of(vertx, subject, seed);
                for (var operation : List.of(Operation.MESSAGE, Operation.PAGE)) {
                    asking.warm(operation);
                    report.instances(instances, operation, asking.fully(operation, time()));
                }
            }
        }
    }

    private Duration time() {
        return Duration.ofSeconds(seconds);
    }
}
