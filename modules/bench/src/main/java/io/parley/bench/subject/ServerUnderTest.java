package io.parley.bench.subject;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged jar in a process of its own. */
public final class ServerUnderTest implements AutoCloseable {
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

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
        builder.command().addAll(List.of("-jar", jar.toString()));
        builder.environment().putAll(settings);
        builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
        // One process is measured, and it ends at once.
        builder.environment().put("PARLEY_START_ARCHIVE", "false");
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

    private Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("parley.log");
    }

    /** The bytes on the heap after a full garbage collection. */
    public long liveHeap() {
        run(java("jcmd"), String.valueOf(process.pid()), "GC.run");
        var used = HEAP_USED.matcher(run(java("jcmd"), String.valueOf(process.pid()), "GC.heap_info"));
        if (!used.find()) throw new IllegalStateException("jcmd printed no heap size");
        return Long.parseLong(used.group(1)) * 1024;
    }

    /** The resident bytes of the process without its PostgreSQL; -1 if this is not Linux. */
    public long resident() {
        try {
            var status = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return status.find() ? Long.parseLong(status.group(1)) * 1024 : -1;
        } catch (IOException notLinux) {
            return -1;
        }
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
