package io.parley.config.system.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged jar in a process of its own on a free port. */
public final class ParleyJar implements AutoCloseable {
    // All tests come from one address, and those of invalid input come often.
    private static final Map<String, String> NO_LIMITS = Map.of(
            "PARLEY_LIMITS_REGISTRATIONS", "",
            "PARLEY_LIMITS_FAILURES_PER_ACCOUNT", "",
            "PARLEY_LIMITS_FAILURES_PER_ADDRESS", "");

    // No load balancer has to notice that a test is over.
    private static final Map<String, String> NO_DRAIN = Map.of("PARLEY_SHUTDOWN_DRAIN", "0s");

    private final Path data;
    private final Map<String, String> settings;
    private final List<String> command;
    private final Process process;
    private final URI uri;

    /** Waits until it is ready. */
    public static ParleyJar start(Path data) {
        return start(data, Map.of());
    }

    /** @param settings environment variables */
    public static ParleyJar start(Path data, Map<String, String> settings) {
        try {
            return new ParleyJar(data, freePort(), settings, JarCommand.serve());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same with hashes of passwords that take as long as those of an operator's server. */
    public static ParleyJar startWithRealPasswords(Path data, Map<String, String> settings) {
        try {
            return new ParleyJar(data, freePort(), settings, JarCommand.serveWithRealPasswords());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same as people start it: {@code java <options> -jar parley.jar}. */
    public static ParleyJar startPlain(Path data, Map<String, String> settings, String... options) {
        try {
            return new ParleyJar(data, freePort(), settings, JarCommand.plain(List.of(options)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it again on the same port after its end; waits until it is ready. */
    public ParleyJar again() {
        try {
            return new ParleyJar(data, uri.getPort(), settings, command);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A directory that does not exist yet; a server with its own database starts on a prepared copy there. */
    public static Path freshData() {
        return Path.of("target", "system", UUID.randomUUID().toString()).toAbsolutePath();
    }

    private ParleyJar(Path data, int port, Map<String, String> settings, List<String> command) throws IOException {
        this.data = data;
        this.settings = settings;
        this.command = command;
        this.uri = URI.create("http://127.0.0.1:" + port);
        Files.createDirectories(data.getParent());
        if (!Files.exists(data) && !settings.containsKey("PARLEY_DATABASE_URL")) PreparedJar.copyData(data);
        var builder = new ProcessBuilder(command);
        builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
        builder.environment().put("PARLEY_DATA_DIR", data.toString());
        builder.environment().putAll(NO_LIMITS);
        builder.environment().putAll(NO_DRAIN);
        builder.environment().putAll(settings);
        process = builder.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output().toFile()))
                .start();
        try {
            Run.awaitReady(uri, process, output());
        } catch (AssertionError failure) {
            close();
            throw failure;
        }
    }

    public URI uri() {
        return uri;
    }

    public Path data() {
        return data;
    }

    /** What it printed, over all starts on the same data. */
    public Path output() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Its second JVM, if it has one. */
    public Optional<ProcessHandle> secondProcess() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end. */
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
        return exitCode(Run.START);
    }

    /** Waits for the end, as long as this. */
    public int exitCode(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
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

    // Below the ports that Linux gives to outgoing connections (32768 and up): one of those could take it before the
    // server does.
    public static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // tries another one
            }
        }
    }
}
