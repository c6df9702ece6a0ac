package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server that dies again, on the same port, until it is told to stop it. */
final class PostgresSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresSupervisor.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final DataDirectory cluster;
    private final int port;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(PostgresSupervisor::thread);
    private Postmaster server;
    private volatile boolean closed;

    private PostgresSupervisor(DataDirectory cluster, Postmaster server) {
        this.cluster = cluster;
        this.port = server.port();
        this.server = server;
    }

    static PostgresSupervisor watch(DataDirectory cluster, Postmaster server) {
        var supervisor = new PostgresSupervisor(cluster, server);
        supervisor.await(server);
        return supervisor;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "postgresql-supervisor");
        thread.setDaemon(true);
        return thread;
    }

    private void await(Postmaster running) {
        running.process().onExit().thenRun(this::died);
    }

    // Takes no lock: it runs on the thread that tells of the end, and whoever closes waits for that while holding one.
    private void died() {
        if (closed) return;
        log.error("PostgreSQL has died; it is started again on port {}. See {}", port, cluster.log());
        worker.execute(() -> restart(FIRST_RETRY));
    }

    private synchronized void restart(Duration nextRetry) {
        if (closed) return;
        try {
            server = Postmaster.adoptOrStart(cluster, port);
            await(server);
            log.info("PostgreSQL is back on port {}", port);
        } catch (IOException | DatabaseException failure) {
            log.error("PostgreSQL cannot be started again: {}", failure.getMessage());
            var following =
                    nextRetry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? nextRetry.multipliedBy(2) : LAST_RETRY;
            worker.schedule(() -> restart(following), nextRetry.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        worker.shutdownNow();
        if (server.process().isAlive()) stop();
    }

    // Fast: sessions are ended, what they had not committed is rolled back, a checkpoint is written.
    private void stop() {
        var command = List.of(
                cluster.binaries().program("pg_ctl").toString(),
                "stop",
                "--pgdata=" + cluster.data(),
                "--mode=fast",
                "--timeout=60");
        try {
            cluster.command(command).run("PostgreSQL does not stop");
            server.process().onExit().join();
        } catch (IOException failure) {
            throw new DatabaseException("PostgreSQL cannot be stopped: " + failure, failure);
        }
    }
}
