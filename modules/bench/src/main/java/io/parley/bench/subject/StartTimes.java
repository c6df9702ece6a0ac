package io.parley.bench.subject;

import io.parley.bench.load.BenchToken;
import io.parley.bench.load.Client;
import io.parley.bench.report.Report;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From nothing to ready, with data that is there and a PostgreSQL that runs: as it is, and with classes archived before. */
public record StartTimes(Vertx vertx, Path jar, Workspace workspace, Report report) {
    private static final int TIMES = 5;

    public void run() throws IOException {
        var archive = workspace.directory().resolve("parley.jsa");
        try (var postgres = EmbeddedPostgres.start(workspace.directory().resolve("data"))) {
            start(postgres.url(), List.of("-XX:ArchiveClassesAtExit=" + archive));
            for (int time = 0; time < TIMES; time++) report.start("as it is", start(postgres.url(), List.of()));
            for (int time = 0; time < TIMES; time++)
                report.start(
                        "with classes archived", start(postgres.url(), List.of("-XX:SharedArchiveFile=" + archive)));
        }
    }

    /**
     * @param seconds from the start of the process to the first time that it says that it is ready
     * @param resident in bytes
     */
    public record Started(double seconds, long resident) {}

    private Started start(DatabaseUrl database, List<String> options) throws IOException {
        long began = System.nanoTime();
        try (var subject = new ServerUnderTest(jar, workspace, settings(database), options)) {
            var anybody = Client.of(vertx, subject.port(), 1);
            while (!Blocking.await(anybody.isReady())) Thread.onSpinWait();
            return new Started((System.nanoTime() - began) / 1e9, subject.resident());
        }
    }

    private static Map<String, String> settings(DatabaseUrl url) {
        var setting = url.toString().replace("@", ":" + url.password().value() + "@");
        return Map.of("PARLEY_DATABASE_URL", setting, "PARLEY_JWT_SECRET", BenchToken.KEY);
    }
}
