package io.parley.bench;

import io.parley.bench.load.BenchToken;
import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import io.parley.bench.load.SeedData;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.PeerServer;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts Parley and another server on the same database under the same load in turn. */
@Command(name = "peers", description = "Compares the requests a second of Parley with those of another server.")
final class Peers implements Callable<Integer> {
    @Mixin
    private MeasurementOptions options = new MeasurementOptions();

    @Option(
            names = "--peer",
            required = true,
            description =
                    "The command that starts it; it listens on 127.0.0.1 at $PORT, connects as $PGHOST and the like say, and checks tokens with $JWT_KEY.")
    private String peer = "";

    @Option(names = "--directory", description = "Where to run that command (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".");

    @Option(names = "--messages", description = "Messages in the database (default: ${DEFAULT-VALUE}).")
    private int messages = 100_000;

    @Option(names = "--seconds", description = "Seconds of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 3;

    @Option(names = "--turns", description = "Pairs of measurements (default: ${DEFAULT-VALUE}).")
    private int pairs = 9;

    @Option(names = "--paths", split = ",", description = "Operations to measure (default: ${DEFAULT-VALUE}).")
    private List<Operation> operations = List.of(Operation.MESSAGE, Operation.PAGE, Operation.CREATE_MESSAGE);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        try (var workspace = Workspace.create();
                var subject = new ServerUnderTest(options.jar(), workspace, Hot.settings(2))) {
            var seed = new SeedData(subject.database());
            seed.grow(messages);
            try (var other = new PeerServer(peer, directory, subject.database(), BenchToken.KEY)) {
                var load = RequestMix.of(vertx, subject, seed);
                var otherLoad = RequestMix.of(vertx, other.port(), seed);
                var runs = new PairedRuns(pairs, Duration.ofSeconds(seconds));
                for (var operation : operations) runs.print(operation, load, otherLoad, "the peer");
            }
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }
}
