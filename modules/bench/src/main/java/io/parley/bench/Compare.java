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

/** Two jars, each with a database of its own, under the same load in turn. */
@Command(name = "compare", description = "How many requests a second one jar answers, as a ratio to another one's.")
final class Compare implements Callable<Integer> {
    @Mixin
    private MeasurementOptions measured = new MeasurementOptions();

    @Option(names = "--against", required = true, description = "another one, from before a change")
    private Path against = Path.of("");

    @Option(names = "--messages", description = "how many there are (${DEFAULT-VALUE})")
    private int messages = 100_000;

    @Option(names = "--seconds", description = "of each turn (${DEFAULT-VALUE})")
    private int seconds = 3;

    @Option(names = "--turns", description = "how many pairs (${DEFAULT-VALUE})")
    private int turns = 15;

    @Option(names = "--paths", split = ",", description = "${COMPLETION-CANDIDATES} (all)")
    private List<Operation> paths = List.of(Operation.values());

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public Integer call() throws IOException, SQLException {
        try (var here = Workspace.create();
                var there = Workspace.create();
                var subject = new ServerUnderTest(measured.jar(), here, Hot.settings(2));
                var other = new ServerUnderTest(against, there, Hot.settings(2))) {
            var asking = asking(subject);
            var before = asking(other);
            for (var operation : paths) {
                asking.warm(operation);
                before.warm(operation);
                compare(operation, asking, before);
            }
            return 0;
        } finally {
            Blocking.await(vertx.close());
        }
    }

    private RequestMix asking(ServerUnderTest subject) throws SQLException {
        var seed = new SeedData(subject.database());
        seed.grow(messages);
        return RequestMix.of(vertx, subject, seed);
    }

    private void compare(Operation operation, RequestMix asking, RequestMix before) {
        var ratios = new double[turns];
        // A machine that becomes faster or slower meanwhile favours neither.
        for (int turn = 0; turn < turns; turn++)
            ratios[turn] = turn % 2 == 0 ? ratio(operation, asking, before) : 1 / ratio(operation, before, asking);
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-18s %.3f of the other's requests/s (half of %d pairs between %.3f and %.3f)%n",
                operation.title,
                ratios[turns / 2],
                turns,
                ratios[turns / 4],
                ratios[turns * 3 / 4]);
    }

    private double ratio(Operation operation, RequestMix first, RequestMix second) {
        var time = Duration.ofSeconds(seconds);
        return first.fully(operation, time).perSecond()
                / second.fully(operation, time).perSecond();
    }
}
