package io.parley.bench;

import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import io.parley.bench.load.SeedData;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts two jars, each with a database of its own, under the same load in turn. */
@Command(name = "compare", description = "Compares the requests a second of two jars.")
final class Compare implements Callable<Integer> {
    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(
            names = "--against",
            required = true,
            description = "The jar to compare with, such as one from before a change.")
    private Path against = Path.of("");

    @Option(names = "--messages", description = "Messages in each database (default: ${DEFAULT-VALUE}).")
    private int messages = 100_000;

    @Option(names = "--seconds", description = "Seconds of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 3;

    @Option(names = "--turns", description = "Pairs of measurements (default: ${DEFAULT-VALUE}).")
    private int pairs = 15;

    @Option(
            names = "--paths",
            split = ",",
            description = "Operations to measure (default: all): ${COMPLETION-CANDIDATES}.")
    private List<Operation> operations = List.of(Operation.values());

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        try (var workspace = Workspace.create();
                var otherWorkspace = Workspace.create();
                var subject = new ServerUnderTest(options.jar(), workspace, Hot.settings(2));
                var other = new ServerUnderTest(against, otherWorkspace, Hot.settings(2))) {
            var load = seed(subject);
            var otherLoad = seed(other);
            for (var operation : operations) {
                load.warm(operation);
                otherLoad.warm(operation);
                compare(operation, load, otherLoad);
            }
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private RequestMix seed(ServerUnderTest subject) throws SQLException {
        var seed = new SeedData(subject.database());
        seed.grow(messages);
        return RequestMix.of(vertx, subject, seed);
    }

    private void compare(Operation operation, RequestMix load, RequestMix otherLoad) {
        var ratios = new double[pairs];
        // The order alternates, so that a machine that becomes faster or slower favours neither.
        for (int pair = 0; pair < pairs; pair++)
            ratios[pair] = pair % 2 == 0 ? ratio(operation, load, otherLoad) : 1 / ratio(operation, otherLoad, load);
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-18s %.3f times the requests/s of the other jar (half of %d pairs between %.3f and %.3f)%n",
                operation.title,
                ratios[pairs / 2],
                pairs,
                ratios[pairs / 4],
                ratios[pairs * 3 / 4]);
    }

    private double ratio(Operation operation, RequestMix first, RequestMix second) {
        var time = Duration.ofSeconds(seconds);
        return perSecond(first, operation, time) / perSecond(second, operation, time);
    }

    private static double perSecond(RequestMix load, Operation operation, Duration time) {
        return load.atFullLoad(operation, time).allSucceeded().perSecond();
    }
}
