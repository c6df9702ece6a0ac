package io.parley.bench.soak.checks;

import io.parley.bench.soak.nodes.Disturbances;
import io.parley.bench.soak.nodes.NodeCluster;
import io.parley.bench.soak.traffic.Statistics;
import io.parley.bench.subject.ProcessMemory;
import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes a sample every ten seconds and writes it. */
public final class Sampler {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    // A collection stops a node for a moment, so not every sample has one: ten for each quarter.
    private static final int COLLECTIONS = 40;

    private final NodeCluster cluster;
    private final DatabaseUrl database;
    private final Statistics statistics;
    private final Disturbances disturbances;
    private final Path file;
    private final double seconds;
    private final long startedAt = System.nanoTime();
    private final Quarters quarters;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<?> done;
    private long connections;
    private double nextCollection;

    private Sampler(
            NodeCluster cluster,
            DatabaseUrl database,
            Statistics statistics,
            Disturbances disturbances,
            Path file,
            Duration time) {
        this.cluster = cluster;
        this.database = database;
        this.statistics = statistics;
        this.disturbances = disturbances;
        this.file = file;
        seconds = time.toMillis() / 1000.0;
        quarters = new Quarters(seconds);
        done = CompletableFuture.runAsync(this::run, task -> new Thread(task, "sampler").start());
    }

    /** @param time of the whole run */
    public static Sampler start(
            NodeCluster cluster,
            DatabaseUrl database,
            Statistics statistics,
            Disturbances disturbances,
            Path file,
            Duration time) {
        return new Sampler(cluster, database, statistics, disturbances, file, time);
    }

    private void run() {
        try {
            while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) sample();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void sample() throws SQLException, IOException {
        double second = (System.nanoTime() - startedAt) / 1e9;
        boolean collects = second >= nextCollection;
        if (collects) nextCollection = second + seconds / COLLECTIONS;
        var usage = usage(collects);
        var interval = statistics.interval();
        long open = countConnections();
        connections = Math.max(connections, open);
        var sample = new Sample(
                Instant.now(),
                second,
                open,
                interval.latency().getValueAtPercentile(50) / 1000.0,
                interval.latency().getValueAtPercentile(99) / 1000.0,
                interval.statuses(),
                usage);
        quarters.add(sample, interval.calm());
        Files.writeString(file, sample.json().encode() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Sample.NodeUsage> usage(boolean collects) {
        var window = disturbances.collection();
        var usage = new ArrayList<Sample.NodeUsage>();
        for (var node : cluster.nodes())
            node.memory().ifPresent(memory -> usage.add(usage(node.name(), memory, collects && usage.isEmpty())));
        window.end();
        return usage;
    }

    /** Only the first node is asked to collect: it is the one that is never restarted. */
    private static Sample.NodeUsage usage(String name, ProcessMemory memory, boolean collects) {
        return new Sample.NodeUsage(
                name, collects ? memory.liveHeap() : -1, memory.resident(), memory.descriptors(), memory.threads());
    }

    private long countConnections() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                    SELECT count(*)
                      FROM pg_stat_activity
                     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                    """)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** @param pools connections that the settings allow, of all nodes */
    public List<Check> end(int pools) {
        end.countDown();
        done.join();
        var checks = new ArrayList<>(quarters.checks());
        checks.add(new Check("connections to the database", pools, connections));
        return checks;
    }
}
