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

/** Restarts a server that dies, on the same port, until it is closed. */
final class PostgresSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresSupervisor.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final DataDirectory directory;
    private final int port;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(PostgresSupervisor::thread);
    private Postmaster server;
    private volatile boolean closed;
    private volatile boolean isRunning;
    private volatile int restarts;

    private PostgresSupervisor(DataDirectory directory, Postmaster server) {
        this.directory = directory;
        this.port = server.port();
        this.server = server;
    }

    static PostgresSupervisor watch(DataDirectory directory, Postmaster server) {
        var supervisor = new PostgresSupervisor(directory, server);
        supervisor.await(server);
        return supervisor;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "postgresql-supervisor");
        thread.setDaemon(true);
        return thread;
    }

    boolean isRunning() {
        return isRunning;
    }

    int restarts() {
        return restarts;
    }

    private void await(Postmaster running) {
        isRunning = true;
        running.process().onExit().thenRun(this::died);
    }

    // Takes no lock: it runs on the thread that reports the exit, and close() waits for that report while holding the
    // lock.
    private void died() {
        isRunning = false;
        if (closed) return;
        log.error("PostgreSQL has died; restarting it on port {}. See {}", port, directory.log());
        worker.execute(() -> restart(FIRST_RETRY));
    }

    private synchronized void restart(Duration nextRetry) {
        if (closed) return;
        try {
            server = Postmaster.adoptOrStart(directory, port);
            restarts++;
            await(server);
            log.info("PostgreSQL is running again on port {}", port);
        } catch (IOException | DatabaseException failure) {
            log.error("PostgreSQL cannot be restarted: {}", failure.getMessage());
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

    // Fast mode ends all sessions, rolls back their open transactions and writes a checkpoint.
    private void stop() {
        var command = List.of(
                directory.binaries().program("pg_ctl").toString(),
                "stop",
                "--pgdata=" + directory.data(),
                "--mode=fast",
                "--timeout=60");
        try {
            directory.command(command).run("PostgreSQL did not stop");
            server.process().onExit().join();
        } catch (IOException failure) {
            throw new DatabaseException("PostgreSQL cannot be stopped: " + failure, failure);
        }
    }
}
