package io.parley.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged jar with its own database, as a newcomer starts it, but for a few settings. */
final class ParleyServer implements AutoCloseable {
    private static final long LONGEST_START = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    final int port;

    /** @param settings by the names of their variables */
    ParleyServer(Map<String, String> settings) {
        try {
            port = freePort();
            var data = Path.of("target", "data", UUID.randomUUID().toString()).toAbsolutePath();
            var command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx384m",
                            "-jar",
                            System.getProperty("parley.jar", "../config/target/parley.jar"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            // The variable that asks for these tests would be an unknown setting.
            command.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
            command.environment().putAll(settings);
            command.environment().put("PARLEY_HTTP_PORT", String.valueOf(port));
            command.environment().put("PARLEY_DATA_DIR", data.toString());
            process = command.start();
            awaitReady();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + LONGEST_START;
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end)
                throw new IllegalStateException("The jar does not start.");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private boolean isReady() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
