package io.parley.config.system.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Who runs the jar and has its command line. */
public final class CommandRunner {

    /** The same person as an administrator, signed in anew. */
    public static TestUser promoted(ParleyJar jar, TestUser person) {
        run(jar, "admin", "grant", person.email());
        return person.again();
    }

    /** What a command beside the running server prints; fails where it does not succeed. */
    public static String run(ParleyJar jar, String... arguments) {
        return run(jar, Map.of(), arguments);
    }

    /** @param settings environment variables */
    public static String run(ParleyJar jar, Map<String, String> settings, String... arguments) {
        var builder = new ProcessBuilder(JarCommand.command(arguments)).redirectErrorStream(true);
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

    private CommandRunner() {}
}
