package io.parley.bench.subject;

import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server with a few of Parley's operations, in a process of its own. Its environment has {@code PORT} on 127.0.0.1, the
 * database in libpq's variables ({@code PGHOST} and so on), and {@code JWT_KEY}.
 */
public final class PeerServer implements AutoCloseable {
    private static final long LONGEST_START_SECONDS = 60;

    private final int port;
    private final Process process;

    /**
     * Returns when it listens.
     *
     * @param command of a shell, run in the directory
     */
    public PeerServer(String command, Path directory, DatabaseUrl database, String key) throws IOException {
        port = Ports.free();
        // A process in the place of the shell gets the signal that ends it.
        var builder = new ProcessBuilder(List.of("sh", "-c", "exec " + command))
                .directory(directory.toFile())
                .inheritIO();
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("PGHOST", database.host());
        builder.environment().put("PGPORT", String.valueOf(database.port()));
        builder.environment().put("PGDATABASE", database.database());
        builder.environment().put("PGUSER", database.user());
        builder.environment().put("PGPASSWORD", database.password().value());
        builder.environment().put("PGSSLMODE", "disable");
        builder.environment().put("JWT_KEY", key);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        await(command);
    }

    private void await(String command) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("\"" + command + "\" does not listen on the port in PORT");
            }
            pause();
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
