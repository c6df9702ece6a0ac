package io.parley.config.system.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Waits for processes: for their end, or until they serve. */
final class Run {
    static final Duration START = Duration.ofSeconds(60);

    /** Returns what it prints; fails unless it ends with exit code 0. */
    static String toTheEnd(ProcessBuilder builder) {
        try {
            var process = builder.redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Returns when the server says that it is ready; fails if the process ends before, or after {@link #START}. */
    static void awaitReady(URI server, Process process, Path log) {
        var api = new ApiClient(server);
        var deadline = Instant.now().plus(START);
        while (!isReady(api)) {
            assertThat(process.isAlive()).as("runs, see %s", log).isTrue();
            assertThat(Instant.now()).as("ready in time, see %s", log).isBefore(deadline);
            Pause.briefly();
        }
    }

    private static boolean isReady(ApiClient api) {
        try {
            return api.get("/health/ready").status() == 200;
        } catch (UncheckedIOException notListening) {
            return false;
        }
    }

    private Run() {}
}
