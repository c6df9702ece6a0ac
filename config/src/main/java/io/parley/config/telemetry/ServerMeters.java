package io.parley.config.telemetry;

import io.parley.kernel.telemetry.Meters;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.storage.Database;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the process as a whole. */
public final class ServerMeters {
    private static final Duration SIZE_INTERVAL = Duration.ofSeconds(30);

    /** @param version of this build */
    public static void build(String version) {
        Meters.gauge(
                "parley.build.info",
                "The build that runs; the value is 1.",
                () -> 1,
                "version",
                version,
                "revision",
                BuildRevision.current(),
                "java.version",
                System.getProperty("java.version"));
    }

    /** @param version of the schema after the start */
    public static void schema(int version, Duration migration) {
        Meters.gauge("parley.schema.version", "The version of the database's schema.", () -> version);
        Meters.gauge(
                "parley.migration.duration.seconds",
                "How long the migrations took at the last start.",
                () -> migration.toNanos() / 1e9);
    }

    public static void embedded(EmbeddedPostgres postgres, Path directory) {
        Meters.gauge("parley.postgres.up", "1 if the embedded PostgreSQL runs.", () -> postgres.isRunning() ? 1 : 0);
        Meters.count(
                "parley.postgres.restarts", "Restarts of an embedded PostgreSQL that had died.", postgres::restarts);
        BackupMeters.announce();
        Meters.gauge("parley.data.free.bytes", "Free space on the disk of data.dir.", () -> freeBytes(directory));
    }

    private static double freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException unknown) {
            return Double.NaN;
        }
    }

    /** Asks for the size of the database from time to time, because a scrape must not wait for it. */
    public static void databaseSize(Vertx vertx, Database database) {
        var bytes = new AtomicLong();
        Meters.gauge("parley.postgres.database.size.bytes", "Size of the database.", bytes::get);
        Runnable read = () -> database.size().onSuccess(bytes::set);
        read.run();
        vertx.setPeriodic(SIZE_INTERVAL.toMillis(), tick -> read.run());
    }

    private ServerMeters() {}
}
