package io.parley.config.system.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged jar, running in a process of its own on a free port. */
public final class ParleyJar implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path data;
    private final Map<String, String> settings;
    private final Process process;
    private final URI uri;

    /** Returns when it is ready. */
    public static ParleyJar start(Path data) {
        return start(data, Map.of());
    }

    /** @param settings environment variables */
    public static ParleyJar start(Path data, Map<String, String> settings) {
        try {
            return new ParleyJar(data, freePort(), settings);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same once more, on the same port, after its end. Returns when it is ready. */
    public ParleyJar again() {
        try {
            return new ParleyJar(data, uri.getPort(), settings);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A directory that nothing lies in yet. */
    public static Path freshData() {
        return Path.of("target", "system", UUID.randomUUID().toString()).toAbsolutePath();
    }

    private ParleyJar(Path data, int port, Map<String, String> settings) throws IOException {
        this.data = data;
        this.settings = settings;
        this.uri = URI.create("http://127.0.0.1:" + port);
        Files.createDirectories(data.getParent());
        var builder = new ProcessBuilder(JarCommand.command());
        builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
        builder.environment().put("PARLEY_DATA_DIR", data.toString());
        builder.environment().putAll(settings);
        process = builder.redirectErrorStream(true).start();
        try {
            awaitReady();
        } catch (AssertionError failure) {
            close();
            throw failure;
        }
    }

    // The output is read to its end, so that the process never waits for a reader.
    private void awaitReady() {
        var said = new CompletableFuture<Void>();
        var reader = new Thread(() -> record(said), "output of " + uri);
        reader.setDaemon(true);
        reader.start();
        assertThat(said)
                .as("the line that says where it listens, in %s", output())
                .succeedsWithin(START);
        // It listens a little before it knows all that it has to know of sessions.
        var api = new ApiClient(uri);
        api.awaitReady(START);
    }

    private void record(CompletableFuture<Void> said) {
        try (BufferedReader lines = process.inputReader();
                var file = Files.newBufferedWriter(output(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line + "\n");
                file.flush();
                if (line.contains(uri.toString())) said.complete(null);
            }
            said.completeExceptionally(new IllegalStateException("It ended before it was ready."));
        } catch (IOException failure) {
            said.completeExceptionally(failure);
        }
    }

    public URI uri() {
        return uri;
    }

    public Path data() {
        return data;
    }

    /** All that it has printed, over all starts on the same data. */
    public Path output() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    public boolean hasSaid(String words) {
        try {
            return Files.readString(output()).contains(words);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL, waited for. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGKILL to its embedded PostgreSQL. */
    public void killPostgres() {
        try (Stream<Path> files = Files.walk(data)) {
            var file = files.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGSTOP. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits for the end. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        terminate();
        exitCode();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
