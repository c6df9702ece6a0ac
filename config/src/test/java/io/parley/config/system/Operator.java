package io.parley.config.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Who runs the jar and has its command line. */
final class Operator {

    /** The same person as an administrator, signed in anew. */
    static Person promoted(ParleyJar jar, Person person) {
        run(jar, "admin", "grant", person.email());
        return person.again();
    }

    /** What a command beside the running server prints; fails where it does not succeed. */
    static String run(ParleyJar jar, String... arguments) {
        return run(jar, Map.of(), arguments);
    }

    /** @param settings environment variables */
    static String run(ParleyJar jar, Map<String, String> settings, String... arguments) {
        var builder = new ProcessBuilder(Java.command(arguments)).redirectErrorStream(true);
        builder.environment().put("PARLEY_DATA_DIR", jar.data().toString());
        builder.environment().putAll(settings);
        try {
            var process = builder.start();
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

    private Operator() {}
}
