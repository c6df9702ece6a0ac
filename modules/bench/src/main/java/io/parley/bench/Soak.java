package io.parley.bench;

import io.parley.bench.soak.SoakPlan;
import io.parley.bench.soak.SoakRun;
import io.parley.bench.subject.Blocking;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs mixed traffic against nodes that are restarted. Exits with 1 if a check fails. */
@Command(
        name = "soak",
        description =
                "Runs mixed traffic against several nodes that are restarted, and checks that nothing is lost or grows.")
final class Soak implements Callable<Integer> {
    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(names = "--duration", description = "Such as 5m or 4h (default: ${DEFAULT-VALUE}).")
    private String duration = "4h";

    @Option(names = "--rate", description = "Actions of users a second (default: ${DEFAULT-VALUE}).")
    private double rate = 50;

    @Option(names = "--users", description = "Users (default: ${DEFAULT-VALUE}).")
    private int users = 100;

    @Option(names = "--seed", description = "Decides what the users do (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--nodes", description = "Nodes, at least two (default: ${DEFAULT-VALUE}).")
    private int nodes = 2;

    @Option(names = "--out", required = true, description = "Directory for samples.ndjson, result.json and the logs.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var plan = plan();
        var vertx = Vertx.vertx();
        try {
            return new SoakRun(plan, vertx).run() ? 0 : 1;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private SoakPlan plan() {
        try {
            return new SoakPlan(options.jar(), Duration.parse("PT" + duration), rate, users, seed, nodes, out);
        } catch (IllegalArgumentException | DateTimeException invalid) {
            throw new ParameterException(spec.commandLine(), invalid.getMessage(), invalid);
        }
    }
}
