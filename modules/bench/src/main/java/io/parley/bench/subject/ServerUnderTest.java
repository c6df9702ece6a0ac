package io.parley.bench.subject;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar in a process of its own. */
public final class ServerUnderTest implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final Process process;

    /** Returns when the server listens. */
    public ServerUnderTest(Path jar, Workspace workspace, Map<String, String> settings) throws IOException {
        this(jar, workspace, settings, List.of());
    }

    /** @param options of the JVM */
    public ServerUnderTest(Path jar, Workspace workspace, Map<String, String> settings, List<String> options)
            throws IOException {
        directory = workspace.directory();
        port = Ports.free();
        var builder = new ProcessBuilder(java("java"));
        builder.command().addAll(options);
        // The default. With an option about archives the server starts no second process and writes no archive at its
        // end; jars of earlier versions do not know the setting for that.
        builder.command().add("-Xshare:auto");
        builder.command().addAll(List.of("-jar", jar.toString()));
        builder.environment().putAll(settings);
        builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
        builder.environment().put("PARLEY_DATA_DIR", directory.resolve("data").toString());
        process =
                builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        while (!Files.readString(log()).contains("Listening on")) {
            if (!process.isAlive()) throw new IllegalStateException(Files.readString(log()));
            pause();
        }
    }

    public int port() {
        return port;
    }

    public long process() {
        return process.pid();
    }

    /** Its embedded PostgreSQL. */
    public DatabaseUrl database() {
        return EmbeddedPostgres.attach(data()).orElseThrow();
    }

    public long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data().resolve("pgdata/postmaster.pid")).get(0));
    }

    /** As the system does when memory is short. Its PostgreSQL lives on. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The server starts it again. */
    public void killPostgres() throws IOException {
        ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Returns when it can answer all requests again. */
    public void awaitReady() {
        while (!isReady()) pause();
    }

    private boolean isReady() {
        try {
            var health =
                    URI.create("http://127.0.0.1:" + port + "/health/ready").toURL();
            return ((HttpURLConnection) health.openConnection()).getResponseCode() == 200;
        } catch (IOException unanswered) {
            return false;
        }
    }

    /** Runs a command of the program beside the server; the reply is its exit code. */
    public int command(Path jar, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(java("java"), "-jar", jar.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PARLEY_DATA_DIR", data().toString());
        return builder.inheritIO().start().waitFor();
    }

    private Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("parley.log");
    }

    /** The bytes on the heap after a full garbage collection. */
    public long liveHeap() {
        return memory().liveHeap();
    }

    /** The resident bytes of the process without its PostgreSQL; -1 if this is not Linux. */
    public long resident() {
        return memory().resident();
    }

    private ProcessMemory memory() {
        return new ProcessMemory(process.pid());
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
