package io.parley.bench;

import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import io.parley.bench.load.SeedData;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the same tasks over MCP and over REST in turn. */
@Command(name = "mcp", description = "Compares a list over MCP with the same list over REST.")
final class Mcp implements Callable<Integer> {
    private static final int WARM_UPS = 8;

    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(names = "--seconds", description = "Seconds of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 3;

    @Option(names = "--turns", description = "Pairs of measurements (default: ${DEFAULT-VALUE}).")
    private int pairs = 9;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        try (var workspace = Workspace.create();
                var subject = new ServerUnderTest(options.jar(), workspace, Hot.settings(2))) {
            var seed = new SeedData(subject.database());
            seed.grow(10_000);
            var load = RequestMix.of(vertx, subject, seed);
            Supplier<Future<?>> tool = load::callTool;
            Supplier<Future<?>> list = () -> load.send(Operation.TASKS);
            for (int run = 0; run < WARM_UPS; run++) {
                perSecond(tool);
                perSecond(list);
            }
            report(tool, list);
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private void report(Supplier<Future<?>> tool, Supplier<Future<?>> list) {
        var calls = new double[pairs];
        var ratios = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            calls[pair] = perSecond(tool);
            ratios[pair] = calls[pair] / perSecond(list);
        }
        Arrays.sort(calls);
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "tools/call list_tasks %.0f requests/s, %.2f times those of the list over REST (half of %d pairs between %.2f and %.2f)%n",
                calls[pairs / 2],
                ratios[pairs / 2],
                pairs,
                ratios[pairs / 4],
                ratios[pairs * 3 / 4]);
    }

    private double perSecond(Supplier<Future<?>> request) {
        return ClosedLoop.run(vertx, number -> request.get(), RequestMix.WORKERS, Duration.ofSeconds(seconds))
                .allSucceeded()
                .perSecond();
    }
}
