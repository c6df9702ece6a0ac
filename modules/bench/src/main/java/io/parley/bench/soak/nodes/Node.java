package io.parley.bench.soak.nodes;

import io.parley.bench.subject.Ports;
import io.parley.bench.subject.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of the packaged jar, which can be stopped and started again on the same ports. */
public final class Node {
    // A fixed heap, all of it resident from the start: then resident memory shows what grows outside of it.
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    private static final Duration PROBE = Duration.ofSeconds(1);

    private final String name;
    private final Path jar;
    private final Path directory;
    private final HttpClient client;
    private final int port = Ports.lasting();
    private final int clusterPort = Ports.lasting();
    private final int busPort = Ports.lasting();
    private volatile Optional<Process> process = Optional.empty();
    private volatile boolean ready;

    Node(String name, Path jar, Path directory, HttpClient client) {
        this.name = name;
        this.jar = jar;
        this.directory = directory;
        this.client = client;
    }

    public String name() {
        return name;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String member() {
        return "127.0.0.1:" + clusterPort;
    }

    /** Whether it was ready a moment ago. */
    boolean isReady() {
        return ready;
    }

    void start(ClusterSettings settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java);
        builder.command().addAll(HEAP);
        builder.command().addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        builder.environment().putAll(settings.environment());
        builder.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
        builder.environment().put("PARLEY_CLUSTER_PORT", String.valueOf(clusterPort));
        builder.environment().put("PARLEY_CLUSTER_BUS_PORT", String.valueOf(busPort));
        builder.environment()
                .put("PARLEY_DATA_DIR", directory.resolve(name + "-data").toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        process = Optional.of(builder.start());
    }

    public Path log() {
        return directory.resolve(name + ".log");
    }

    /** Asks the process to end and waits for it; ends it if it takes longer than a minute. */
    void terminate() {
        process.ifPresent(running -> {
            running.destroy();
            if (!ends(running)) kill();
        });
    }

    private static boolean ends(Process running) {
        try {
            return running.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** Empty while it is stopped. */
    public Optional<ProcessMemory> memory() {
        return process.filter(Process::isAlive).map(running -> new ProcessMemory(running.pid()));
    }

    void probe() {
        ready = isAnswering();
    }

    private boolean isAnswering() {
        var request =
                HttpRequest.newBuilder(uri("/health/ready")).timeout(PROBE).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException stopped) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }
}
