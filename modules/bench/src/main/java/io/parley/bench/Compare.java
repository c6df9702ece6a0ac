package io.parley.bench;

import io.parley.bench.load.EncryptedSeed;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts two jars, or one with two sets of settings, under the same load in turn, each with a database of its own. */
@Command(name = "compare", description = "Compares the requests a second of two jars, or of one with other settings.")
final class Compare implements Callable<Integer> {
    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(
            names = "--against",
            description = "The jar to compare with, such as one from before a change (default: that of --jar).")
    private Optional<Path> against = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "A setting of the measured server, such as management.port=0. Can be repeated.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--against-set",
            paramLabel = "SETTING=VALUE",
            description = "A setting of the other server, such as database.row-security=off. Can be repeated.")
    private Map<String, String> otherSettings = Map.of();

    @Option(
            names = "--encrypted",
            description =
                    "Whether the conversations of the measured server are encrypted, but not those of the other one.")
    private boolean isEncrypted;

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
                var subject = new ServerUnderTest(options.jar(), workspace, environment(settings));
                var other = new ServerUnderTest(
                        against.orElse(options.jar()), otherWorkspace, environment(otherSettings))) {
            var load = seed(subject);
            if (isEncrypted) new EncryptedSeed(load.client(), subject.database()).encrypt(messages);
            var otherLoad = seed(other);
            var runs = new PairedRuns(pairs, Duration.ofSeconds(seconds));
            for (var operation : operations) runs.print(operation, load, otherLoad, "the other one");
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    /** As the server names the variable of a setting. */
    private static Map<String, String> environment(Map<String, String> settings) {
        var environment = new HashMap<>(Hot.settings(2));
        settings.forEach((name, value) -> environment.put(
                "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return environment;
    }

    private RequestMix seed(ServerUnderTest subject) throws SQLException {
        var seed = new SeedData(subject.database());
        seed.grow(messages);
        return RequestMix.of(vertx, subject, seed);
    }
}
