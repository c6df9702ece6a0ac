package io.parley.bench;

import io.parley.bench.load.BenchToken;
import io.parley.bench.load.Client;
import io.parley.bench.report.Report;
import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.parley.bench.subject.Workspace;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Times the start with existing data and a running PostgreSQL: without and with a class data archive. */
record StartTimes(Vertx vertx, Path jar, Workspace workspace, Report report) {
    private static final int STARTS = 5;

    void run() throws IOException {
        var archive = workspace.directory().resolve("parley.jsa");
        try (var postgres = EmbeddedPostgres.start(workspace.directory().resolve("data"))) {
            start(postgres.url(), List.of("-XX:ArchiveClassesAtExit=" + archive));
            for (int number = 0; number < STARTS; number++)
                report("no class archive", start(postgres.url(), List.of()));
            for (int number = 0; number < STARTS; number++)
                report("class archive", start(postgres.url(), List.of("-XX:SharedArchiveFile=" + archive)));
        }
    }

    /** @param seconds from the start of the process to its first successful readiness check */
    private record Start(double seconds, long residentBytes) {}

    private Start start(DatabaseUrl database, List<String> options) throws IOException {
        long startedAt = System.nanoTime();
        try (var subject = new ServerUnderTest(jar, workspace, settings(database), options)) {
            var client = Client.of(vertx, subject.port(), 1);
            while (!Blocking.await(client.isReady())) Thread.onSpinWait();
            return new Start((System.nanoTime() - startedAt) / 1e9, subject.resident());
        }
    }

    private void report(String variant, Start start) {
        report.start(variant, start.seconds(), start.residentBytes());
    }

    private static Map<String, String> settings(DatabaseUrl url) {
        var setting = url.toString().replace("@", ":" + url.password().value() + "@");
        return Map.of("PARLEY_DATABASE_URL", setting, "PARLEY_JWT_SECRET", BenchToken.KEY);
    }
}
