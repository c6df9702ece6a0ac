package io.parley.config.system.harness;

import io.parley.config.cli.Terminal;
import io.parley.config.system.client.TestUser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands beside a running jar: in this process, or in one of their own if a test is about the process. */
public final class CommandRunner {

    /** The same user as an administrator, in a new session. */
    public static TestUser promoted(ParleyJar jar, TestUser user) {
        run(jar, "admin", "grant", user.email());
        return user.again();
    }

    /** Returns what the command prints; fails unless it succeeds. */
    public static String run(ParleyJar jar, String... arguments) {
        return run(jar, Map.of(), arguments);
    }

    /** @param settings environment variables */
    public static String run(ParleyJar jar, Map<String, String> settings, String... arguments) {
        var environment = new HashMap<>(settings);
        environment.put("PARLEY_DATA_DIR", jar.data().toString());
        return new Terminal(environment).run(arguments).succeeds();
    }

    /** The same in a process of its own. */
    public static String runProcess(ParleyJar jar, String... arguments) {
        return Run.toTheEnd(process(jar, arguments));
    }

    /** Like {@link #runProcess}, without what it prints to standard error. */
    public static String standardOutput(ParleyJar jar, String... arguments) throws IOException {
        var process = process(jar, arguments).redirectError(Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Runs the command in a process of its own, whether it succeeds or fails. */
    public static int exitCode(ParleyJar jar, String... arguments) throws IOException {
        var process = process(jar, arguments)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue();
    }

    private static ProcessBuilder process(ParleyJar jar, String... arguments) {
        var builder = new ProcessBuilder(JarCommand.of(arguments));
        builder.environment().put("PARLEY_DATA_DIR", jar.data().toString());
        return builder;
    }

    private CommandRunner() {}
}
